import { signal } from '@preact/signals'
import { receiptTokenOf } from '../../../crypto/letter.ts'
import { openNote } from '../../../crypto/note.ts'
import { fromText, toText } from '../../../protocol/bytes.ts'
import type { ContactNote } from '../../../protocol/contact-note.ts'
import { isPlainName } from '../../../protocol/plain-name.ts'
import { LETTER_ROUTES } from '../../../protocol/routes.ts'
import { StandingAnswer } from '../../../protocol/standing.ts'
import { ask } from '../../../queue/ask.ts'
import { link } from '../first-request.ts'
import { type Stage, stage } from '../opening.ts'

/** How the alert stands, asked calmly: at once, each minute while the page is looked at, and when it comes back. */
export type Open = Extract<Stage, { at: 'open' }>

/** Null until the service has answered once. */
export const standing = signal<StandingAnswer | null>(null)
/** By this phone's clock: when the service answered last. */
export const checkedAt = signal<number | null>(null)
export const failing = signal(false)
/** The letter was taken back, or its vault is gone. */
export const gone = signal(false)

export const opened = (): Open | null => (stage.value.at === 'open' ? stage.value : null)

/** Who asks: only who has opened the letter knows the token. */
export const openerOf = ({ answer, letterKey }: Open) => {
  if (link === null) return null
  const { vault, id } = link
  return {
    vault: toText(vault),
    letter: toText(id),
    version: answer.version,
    token: toText(receiptTokenOf(letterKey, vault, id)),
  }
}

/** @returns what a contact has said, or null where it cannot be read with this letter */
export const read = (sealed: string): ContactNote | null => {
  const open = opened()
  const now = standing.value
  if (open === null || now === null || link === null) return null
  const { pressedAt } = now.alert
  const note = openNote(fromText(open.letter.situation), link.vault, pressedAt, fromText(sealed))
  return note !== null && isPlainName(note.name) ? note : null
}

/** What stands above the letter follows what is known here. */
const tellStage = ({ alert: { state, pressedAt, closedAt } }: StandingAnswer): void => {
  const open = opened()
  if (open === null) return
  const { alert } = open.answer
  if (alert.state === state && alert.pressedAt === pressedAt && alert.closedAt === closedAt) return
  stage.value = { ...open, answer: { ...open.answer, alert: { ...alert, state, pressedAt, closedAt } } }
}

let asked = 0

/** @returns whether the service answered */
export const refresh = async (): Promise<boolean> => {
  const open = opened()
  const opener = open === null ? null : openerOf(open)
  if (opener === null) return false
  asked += 1
  const mine = asked
  const reply = await ask(LETTER_ROUTES.standing, JSON.stringify(opener), StandingAnswer)
  // An answer that was overtaken by a later question says nothing new.
  if (mine !== asked) return reply.kind === 'answer'
  failing.value = reply.kind !== 'answer'
  if (reply.kind === 'answer') {
    standing.value = reply.answer
    checkedAt.value = Date.now()
    gone.value = false
    tellStage(reply.answer)
  } else if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') {
    gone.value = true
    failing.value = false
  }
  return reply.kind === 'answer'
}

const EVERY_MS = 60_000
const EVERY_MAX_MS = 600_000
/** Two reasons to look at one moment are one. */
const APART_MS = 3_000

let timer: ReturnType<typeof setTimeout> | undefined
let failures = 0
let lookedAt = 0

const look = async (): Promise<void> => {
  clearTimeout(timer)
  lookedAt = Date.now()
  failures = (await refresh()) ? 0 : failures + 1
  clearTimeout(timer)
  timer = setTimeout(lookIfSeen, Math.min(EVERY_MAX_MS, EVERY_MS * 2 ** failures))
}

const lookIfSeen = (): void => {
  if (document.visibilityState === 'visible') void look()
}

const comeBack = (): void => {
  if (Date.now() - lookedAt > APART_MS) lookIfSeen()
}

/** For the life of the page. */
export const watch = (): void => {
  void look()
  document.addEventListener('visibilitychange', comeBack)
  globalThis.addEventListener('online', comeBack)
}
