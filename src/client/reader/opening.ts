import { signal } from '@preact/signals'
import { openLetter, openPracticeLetter, receiptTokenOf } from '../../crypto/letter.ts'
import { openLinkLock } from '../../crypto/locks/link.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { LetterAnswer } from '../../protocol/letter.ts'
import type { Letter, PracticeLetter } from '../../protocol/letter-content.ts'
import { LETTER_ROUTES } from '../../protocol/routes.ts'
import { ask, type Reply } from '../../queue/ask.ts'
import { keptInvitations, sawVersion, seenVersion } from '../device/kept.ts'
import { firstTry, link, question } from './first-request.ts'
import { OPENED_KEY } from './fragment.ts'
import { isDoubtful, type Way, wayOf } from './way.ts'

/** From the link to the open letter. Nothing counts as opened until a person has tapped. */
export type Stage =
  | { at: 'loading' }
  | { at: 'damaged' }
  | { at: 'no-line' }
  | { at: 'unknown' }
  | { at: 'later' }
  /** Here, and closed. */
  | { at: 'closed'; answer: LetterAnswer; way: Way }
  /** This browser has opened a newer one before. */
  | { at: 'older' }
  /** The bytes that came do not open with this link: it is damaged, or the service sent something else. */
  | { at: 'refused' }
  /** `doubtful`: not by the key that this browser keeps of its family. */
  | { at: 'open'; answer: LetterAnswer; letter: Letter; letterKey: Uint8Array; doubtful: boolean }
  /** What opened is a practice letter: its seal says so. */
  | {
      at: 'practice'
      answer: LetterAnswer
      letter: PracticeLetter
      letterKey: Uint8Array
      way: Way
      doubtful: boolean
    }

export const stage = signal<Stage>({ at: 'loading' })

/** The letter key of a letter that was opened in this tab, so that a reload opens it again. */
const remembered = (): Uint8Array | null => {
  try {
    const text = globalThis.sessionStorage.getItem(OPENED_KEY)
    return text === null ? null : fromText(text)
  } catch {
    return null
  }
}

const remember = (letterKey: Uint8Array): void => {
  try {
    globalThis.sessionStorage.setItem(OPENED_KEY, toText(letterKey))
  } catch {
    // It is only asked for again after a reload.
  }
}

const readFirst = async (): Promise<Reply<LetterAnswer>> =>
  ask(LETTER_ROUTES.letter, '', LetterAnswer, {
    fetch: async () => {
      const response = await firstTry
      if (response === null) throw new Error('no line')
      return response
    },
  })

const isOlder = ({ version }: LetterAnswer): boolean =>
  link !== null && version < seenVersion(toText(link.id))

/** Reads the letter, still closed. `again`: the first try is used up. */
export const load = async (again: boolean): Promise<void> => {
  if (link === null || question === null) {
    stage.value = { at: 'damaged' }
    return
  }
  stage.value = { at: 'loading' }
  const reply = again ? await ask(LETTER_ROUTES.letter, question, LetterAnswer) : await readFirst()
  if (reply.kind === 'none') stage.value = { at: 'no-line' }
  else if (reply.kind === 'refusal')
    stage.value = { at: reply.refusal.error === 'unknown' ? 'unknown' : 'later' }
  else if (isOlder(reply.answer)) stage.value = { at: 'older' }
  else {
    const key = remembered()
    stage.value = { at: 'closed', answer: reply.answer, way: wayOf(reply.answer, link, keptInvitations()) }
    if (key !== null && key.length === 32) showWith(reply.answer, key)
  }
}

/** Opens the letter with its key, if it is its key. */
const showWith = (answer: LetterAnswer, letterKey: Uint8Array): boolean => {
  if (link === null) return false
  const sealed = [letterKey, link.vault, link.id, answer.version, fromText(answer.sealed)] as const
  const real = openLetter(...sealed)
  const letter = real ?? openPracticeLetter(...sealed)
  if (letter === null) return false
  const kept = keptInvitations()
  const way = wayOf(answer, link, kept)
  const doubtful = isDoubtful({ letterKey, from: letter.from }, way, link, kept)
  // A forged one must not make the real one look old.
  if (!doubtful) sawVersion(toText(link.id), answer.version)
  stage.value =
    real === null
      ? { at: 'practice', answer, letter, letterKey, way, doubtful }
      : { at: 'open', answer, letter: real, letterKey, doubtful }
  return true
}

const RECEIPT_TRIES = 5
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Tells the owner's side that it was opened. Quietly repeated. @returns whether the service knows */
export const sendReceipt = async (answer: LetterAnswer, letterKey: Uint8Array): Promise<boolean> => {
  if (link === null) return false
  const body = JSON.stringify({
    vault: toText(link.vault),
    letter: toText(link.id),
    version: answer.version,
    token: toText(receiptTokenOf(letterKey, link.vault, link.id)),
    kind: 'opened',
  })
  for (let tries = 0; tries < RECEIPT_TRIES; tries += 1) {
    const reply = await ask(LETTER_ROUTES.receipt, body, DoneAnswer, { keepalive: true })
    if (reply.kind === 'answer') return true
    await later(2 ** tries * 2_000)
  }
  return false
}

/** What a tap does once a key is there, whichever lock gave it. */
export const openWith = (answer: LetterAnswer, letterKey: Uint8Array | null): void => {
  if (letterKey === null || !showWith(answer, letterKey)) {
    stage.value = { at: 'refused' }
    return
  }
  remember(letterKey)
  // The practice letter's own page says it, and says how that went.
  if (stage.value.at === 'open') void sendReceipt(answer, letterKey)
}

export const openByLink = (answer: LetterAnswer): void => {
  const lock = answer.locks.find((one) => one.kind === 'link')
  if (link === null || link.secret === null || lock === undefined) return
  openWith(answer, openLinkLock(lock, link.secret, link.vault, link.id, answer.version))
}
