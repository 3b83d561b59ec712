import { signal } from '@preact/signals'
import { sealSituation } from '../../crypto/situation.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { Situation } from '../../protocol/situation.ts'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { oneLineOf } from '../text/one-line.ts'
import { random } from '../vault/random.ts'
import { askCover, type Holder, told } from './holder.ts'
import { type Sent, sendSituation } from './send-situation.ts'

/** What who pressed can say of it: sealed here, for the contacts. Nothing counts as said before the service has said so. */
export type Words = { place: string; when: string; what: string; saw: boolean | null }
export const NO_WORDS: Words = { place: '', when: '', what: '', saw: null }
export type Said = 'no' | 'sending' | 'said' | 'not-sent' | 'closed' | 'revoked'

export const words = signal<Words>(NO_WORDS)
export const said = signal<Said>('no')
/** How often something was said of the press on the screen. */
let after = 0
/** The words that the service has of it, as they stood; null: none. What is typed since is not among them. */
let taken: string | null = null
/** The press on the screen: an answer about another one says nothing of it. */
let about = ''

const DRAFT_KEY = 'amparo/press-words'

const stateOf = (typed: Words): Said => (JSON.stringify(typed) === taken ? 'said' : 'no')

/** A reload or a discarded tab loses no word; another press finds none. */
export const readWords = (alert: string): void => {
  about = alert
  words.value = NO_WORDS
  said.value = 'no'
  after = 0
  taken = null
  try {
    const kept = JSON.parse(globalThis.sessionStorage.getItem(DRAFT_KEY) ?? 'null')
    if (kept?.alert !== alert) return
    after = Number(kept.after)
    taken = typeof kept.taken === 'string' ? kept.taken : null
    words.value = { ...NO_WORDS, ...kept.words }
    said.value = stateOf(words.value)
  } catch {
    // It is written anew.
  }
}

const keep = (alert: string): void => {
  try {
    const draft = { alert, after, taken, words: words.value }
    globalThis.sessionStorage.setItem(DRAFT_KEY, JSON.stringify(draft))
  } catch {
    // It stays on the screen.
  }
}

export const write = (alert: string, changed: Partial<Words>): void => {
  words.value = { ...words.value, ...changed }
  if (said.value !== 'sending') said.value = stateOf(words.value)
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

const send = async (
  holder: Holder,
  { alert, pressedAt }: { alert: string; pressedAt: number },
  typed: Words,
): Promise<Sent> => {
  const known = told.value.at === 'told' ? told.value.cover : await askCover(holder)
  if (known === null) return { outcome: told.value.at === 'revoked' ? 'revoked' : 'not-sent', after }
  const { vault, presser } = holder
  const key = fromText(known.situation)
  const situation = situationOf(typed, pressedAt)
  const sealed = toText(sealSituation(key, fromText(vault), fromText(presser), situation, random))
  return sendSituation(holder, alert, after, sealed)
}

export const say = async (holder: Holder, { alert, answer }: QueuedPress): Promise<void> => {
  if (answer === null) return
  const typed = words.value
  said.value = 'sending'
  const { pressedAt } = answer
  const sent = await send(holder, { alert, pressedAt }, typed).catch(
    (): Sent => ({ outcome: 'not-sent', after }),
  )
  if (about !== alert) return
  after = sent.after
  if (sent.outcome === 'said') taken = JSON.stringify(typed)
  // What was typed while these were on their way has not been sent.
  said.value = sent.outcome === 'said' ? stateOf(words.value) : sent.outcome
  if (sent.outcome === 'said') keep(alert)
}
