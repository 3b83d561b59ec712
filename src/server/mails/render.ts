import { FIRST_THREE } from '../../content/first-steps.ts'
import { hotlineOrFallback, isVerified } from '../../content/hotline.ts'
import { areaOf } from '../../content/hotline-area.ts'
import type { Translate } from '../../i18n/translate.ts'
import type { Language } from '../../protocol/fields.ts'
import type { LockKind } from '../../protocol/roster.ts'
import { asHtml } from './as-html.ts'
import { asText } from './as-text.ts'
import type { Block } from './blocks.ts'
import { type MailMessage, mailTranslator } from './catalog.ts'
import { drillBlocks } from './drill-blocks.ts'
import { oneLine } from './one-line.ts'
import { tellWhen } from './when.ts'

/**
 * What a mail is made of. `pressedAt` is in ms since 1970. `zone` (an IANA time zone) and `hotline` (an id of the content)
 * may be unknown here: the mail is written all the same. `wave` counts from 1. The links are whole addresses. `lead`: who is asked
 * first to call the hotline. `locks`: what opens the letter. `reminder`: the mail repeats an earlier one by itself, and what is known then:
 * `nobody` has said to be on it, or this contact has not opened the letter; null for the mail of a press.
 */
export type MailFacts = {
  kind: 'alert' | 'clear' | 'drill'
  language: Language
  name: string
  pressedAt: number
  zone: string
  hotline: string
  lead: 'you' | 'another' | null
  letterUrl: string | null
  locks: readonly LockKind[]
  stopUrl: string
  wave: number
  reminder: 'nobody' | 'unopened' | 'plain' | null
  /** No button was pressed: the time of a check-in ran out. */
  checkIn: boolean
}

export type Mail = { subject: string; text: string; html: string }

/** The mail to one contact, in the contact's language. Pure; the caller addresses and sends it. */
export const renderMail = (given: MailFacts): Mail => {
  const facts = { ...given, name: oneLine(given.name) }
  const t = mailTranslator(facts.language)
  const subject = t(subjectOf(facts), { name: facts.name })
  const blocks = [...bodyOf(facts, t), ...foot(facts, t)]
  return { subject, text: asText(blocks), html: asHtml(facts.language, subject, blocks) }
}

const bodyOf = (facts: MailFacts, t: Translate<MailMessage>): Block[] => {
  if (facts.kind === 'drill') return drillBlocks({ ...facts, how: howToOpen(facts.locks) }, t)
  return facts.kind === 'alert' ? alert(facts, t) : clear(facts, t)
}

const subjectOf = ({ kind, wave, reminder, checkIn }: MailFacts): MailMessage => {
  if (kind !== 'alert') return `${kind}.subject`
  if (checkIn) return reminder === null ? 'missed.subject' : 'missed.subject.reminder'
  if (reminder !== null) return 'reminder.subject'
  return wave > 1 ? 'alert.subject.again' : 'alert.subject'
}

const alert = (facts: MailFacts, t: Translate<MailMessage>): Block[] => {
  const { language, name, wave, checkIn } = facts
  const { when, local } = tellWhen(language, facts.zone, facts.pressedAt)
  return [
    { kind: 'heading', level: 1, text: t(checkIn ? 'missed.heading' : 'alert.heading', { name }) },
    paragraph(t(local ? 'alert.when' : 'alert.when.utc', { name, when })),
    ...(checkIn ? [paragraph(t('missed.about', { name }))] : []),
    ...(!checkIn && facts.reminder === null && wave > 1 ? [paragraph(t('alert.again'))] : []),
    ...reminder(facts, t),
    paragraph(t('alert.meaning', { name })),
    // Before the steps, so that the number is on the first screen of a phone.
    ...whomToCall(facts, t),
    { kind: 'heading', level: 2, text: t('steps.heading') },
    {
      kind: 'steps',
      steps: FIRST_THREE.map(({ title, text }) => ({ title: title[language], text: text[language] })),
    },
    ...(facts.letterUrl === null ? [] : letter(facts, facts.letterUrl, t)),
    ...whetherReal(facts, t),
  ]
}

const reminder = ({ name, reminder: known }: MailFacts, t: Translate<MailMessage>): Block[] => {
  if (known === null) return []
  const about = paragraph(t('reminder.about', { name }))
  return known === 'plain' ? [about] : [about, paragraph(t(`reminder.${known}`, { name }))]
}

const whomToCall = ({ language, name, hotline: id, lead }: MailFacts, t: Translate<MailMessage>): Block[] => {
  const hotline = hotlineOrFallback(id)
  const { hours, note, ...served } = areaOf(id)
  const area = served.area[language]
  const who = hotline.name.includes(area) ? hotline.name : t('hotline.who', { hotline: hotline.name, area })
  return [
    { kind: 'heading', level: 2, text: t('hotline.heading') },
    ...(lead === null ? [] : [paragraph(t(`lead.${lead}`, { name }))]),
    paragraph(who),
    { kind: 'call', label: t('hotline.call', { number: hotline.display }), phone: hotline.phone },
    ...(hours === null ? [] : [paragraph(t('hotline.hours', { hours: hours[language] }))]),
    ...(note === null ? [] : [paragraph(note[language])]),
    ...(isVerified(hotline) ? [] : [paragraph(t('hotline.unverified', { name }))]),
  ]
}

const letter = ({ name, locks }: MailFacts, url: string, t: Translate<MailMessage>): Block[] => {
  const how = howToOpen(locks)
  return [
    { kind: 'heading', level: 2, text: t('letter.heading') },
    paragraph(t('letter.about', { name })),
    { kind: 'link', label: t('letter.open'), url, weight: 'button' },
    ...(how === null ? [] : [paragraph(t(how, { name }))]),
  ]
}

/** What it takes beside the link; null where the link is enough. */
const howToOpen = (locks: readonly LockKind[]): MailMessage | null => {
  if (locks.includes('link')) return null
  if (!locks.includes('paired')) return 'letter.word'
  return locks.includes('word') ? 'letter.paired.word' : 'letter.paired'
}

const whetherReal = ({ name, letterUrl }: MailFacts, t: Translate<MailMessage>): Block[] => [
  { kind: 'heading', level: 2, text: t('real.heading') },
  ...(letterUrl === null ? [] : [paragraph(t('real.letter', { name }))]),
  paragraph(t('real.call', { name })),
]

const clear = (
  { language, name, zone, pressedAt, checkIn }: MailFacts,
  t: Translate<MailMessage>,
): Block[] => {
  const { when, local } = tellWhen(language, zone, pressedAt)
  return [
    { kind: 'heading', level: 1, text: t('clear.heading', { name }) },
    paragraph(t('clear.over', { name })),
    ...(checkIn ? [] : [paragraph(t(local ? 'clear.when' : 'clear.when.utc', { name, when }))]),
    paragraph(t('clear.nothing')),
    paragraph(t('clear.doubt', { name })),
    paragraph(t('clear.thanks')),
  ]
}

const foot = ({ name, stopUrl }: MailFacts, t: Translate<MailMessage>): Block[] => [
  { kind: 'rule' },
  paragraph(t('foot.money')),
  paragraph(t('foot.automatic', { name })),
  paragraph(t('stop.about')),
  { kind: 'link', label: t('stop.open'), url: stopUrl, weight: 'plain' },
]

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
