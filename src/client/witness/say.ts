import { signal } from '@preact/signals'
import { sealSituation } from '../../crypto/situation.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { Situation } from '../../protocol/situation.ts'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { oneLineOf } from '../text/one-line.ts'
import { random } from '../vault/random.ts'
import { askCover, type Holder, told } from './holder.ts'
import { sendSituation } from './send-situation.ts'

/** What who pressed can say of it: sealed here, for the contacts. Nothing counts as said before the service has said so. */
export type Words = { place: string; when: string; what: string; saw: boolean | null }
export const NO_WORDS: Words = { place: '', when: '', what: '', saw: null }
export type Said = 'no' | 'sending' | 'said' | 'not-sent' | 'closed' | 'revoked'

export const words = signal<Words>(NO_WORDS)
export const said = signal<Said>('no')
/** How often something was said of the press on the screen. */
let after = 0

const DRAFT_KEY = 'amparo/press-words'

/** A reload or a discarded tab loses no word; another press finds none. */
export const readWords = (alert: string): void => {
  words.value = NO_WORDS
  said.value = 'no'
  after = 0
  try {
    const kept = JSON.parse(globalThis.sessionStorage.getItem(DRAFT_KEY) ?? 'null')
    if (kept?.alert !== alert) return
    after = Number(kept.after)
    words.value = { ...NO_WORDS, ...kept.words }
    if (after > 0) said.value = 'said'
  } catch {
    // It is written anew.
  }
}

const keep = (alert: string): void => {
  try {
    globalThis.sessionStorage.setItem(DRAFT_KEY, JSON.stringify({ alert, after, words: words.value }))
  } catch {
    // It stays on the screen.
  }
}

export const write = (alert: string, changed: Partial<Words>): void => {
  words.value = { ...words.value, ...changed }
  if (said.value !== 'sending') said.value = 'no'
  keep(alert)
}

const situationOf = ({ place, when, what, saw }: Words, pressedAt: number): Situation => ({
  v: 1,
  pressedAt,
  place: oneLineOf(place),
  when: oneLineOf(when),
  what: oneLineOf(what),
  saw,
  position: null,
})

export const say = async (holder: Holder, { alert, answer }: QueuedPress): Promise<void> => {
  if (answer === null) return
  said.value = 'sending'
  const cover = told.value.at === 'told' ? told.value.cover : await askCover(holder)
  if (cover === null) {
    said.value = told.value.at === 'revoked' ? 'revoked' : 'not-sent'
    return
  }
  const { vault, presser } = holder
  const situation = situationOf(words.value, answer.pressedAt)
  const key = fromText(cover.situation)
  const sealed = toText(sealSituation(key, fromText(vault), fromText(presser), situation, random))
  const sent = await sendSituation(holder, alert, after, sealed)
  after = sent.after
  said.value = sent.outcome
  if (sent.outcome === 'said') keep(alert)
}
