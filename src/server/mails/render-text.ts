import type { Language } from '../../protocol/fields.ts'
import { type MailMessage, mailTranslator } from './catalog.ts'
import { oneLine } from './one-line.ts'
import { towardsGsm, weigh } from './segments.ts'

/**
 * What a text message says (`protocol.md §14`). It passes the provider and the phone companies in clear, so its link opens nothing by
 * itself, whatever locks the letter has. Pure.
 */
export const SEGMENTS_MAX = 2

export type TextFacts = {
  kind: 'alert' | 'clear' | 'drill'
  language: Language
  name: string
  wave: number
  /** Not null where it repeats an earlier one by itself. */
  reminder: 'nobody' | 'unopened' | 'plain' | null
  /** No button was pressed: the time of a check-in ran out. */
  checkIn: boolean
  /** Null where there is no letter to open. */
  letterUrl: string | null
  stopUrl: string
}

/** The first that fits; the last is as short as can be. */
const firstThatFits = (texts: readonly string[]): string => {
  const folded = texts.map(towardsGsm)
  return folded.find((text) => weigh(text).segments <= SEGMENTS_MAX) ?? folded.at(-1) ?? ''
}

const joined = (...lines: readonly (string | null)[]): string =>
  lines.filter((line) => line !== null).join('\n')

const saying = ({ kind, wave, reminder, checkIn }: TextFacts): MailMessage => {
  if (kind !== 'alert') return `text.${kind}`
  if (checkIn) return reminder === null ? 'text.missed' : 'text.missed.reminder'
  if (reminder !== null) return 'text.reminder'
  return wave > 1 ? 'text.again' : 'text.alert'
}

export const renderText = (facts: TextFacts): string => {
  const { language, letterUrl, stopUrl } = facts
  const t = mailTranslator(language)
  const name = oneLine(facts.name)
  const said = (who: string): string => t(saying(facts), { name: who })
  const letter = letterUrl === null ? null : t('text.letter', { url: letterUrl })
  const stop = t('text.stop', { url: stopUrl })
  return firstThatFits([
    joined(said(name), letter, stop),
    // A name in letters that GSM-7 lacks would take the place of the links.
    joined(said(t('name.none')), letter, stop),
    // Where the host's address is very long. Whoever replies STOP is heard by the provider.
    joined(said(t('name.none')), letter),
  ])
}

export const renderCodeText = (language: Language, code: string, stopUrl: string): string => {
  const t = mailTranslator(language)
  return firstThatFits([
    joined(t('text.code', { code }), t('text.stop', { url: stopUrl })),
    t('text.code', { code }),
  ])
}
