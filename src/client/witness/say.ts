import { signal } from '@preact/signals'
import { sealSituation } from '../../crypto/situation.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { ROUTES } from '../../protocol/routes.ts'
import type { Situation } from '../../protocol/situation.ts'
import { ask } from '../../queue/ask.ts'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { oneLineOf } from '../text/one-line.ts'
import { random } from '../vault/random.ts'
import { askCover, type Holder, told } from './holder.ts'

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

const TRIES = 3

export const say = async (holder: Holder, { alert, answer }: QueuedPress): Promise<void> => {
  if (answer === null) return
  said.value = 'sending'
  const cover = told.value.at === 'told' ? told.value.cover : await askCover(holder)
  if (cover === null) {
    said.value = told.value.at === 'revoked' ? 'revoked' : 'not-sent'
    return
  }
  const { vault, presser, token } = holder
  const situation = situationOf(words.value, answer.pressedAt)
  const key = fromText(cover.situation)
  const sealed = toText(sealSituation(key, fromText(vault), fromText(presser), situation, random))
  for (let tries = 0; tries < TRIES; tries += 1) {
    const body = JSON.stringify({ vault, token, alert, after, sealed })
    const reply = await ask(ROUTES.situation, body, DoneAnswer)
    if (reply.kind === 'answer') {
      after += 1
      said.value = 'said'
      keep(alert)
      return
    }
    if (reply.kind === 'none') continue
    const { error, version } = reply.refusal
    // Something was said from another tab, or an answer was lost: these words come after it.
    if (error === 'conflict') after = version ?? after
    else if (error === 'closed' || error === 'unknown') {
      said.value = error === 'closed' ? 'closed' : 'revoked'
      return
    }
  }
  said.value = 'not-sent'
}
