import * as z from 'zod/mini'
import { Id, Key } from '../protocol/fields.ts'
import { PRESS_AGE_MAX_MS } from '../protocol/limits.ts'
import { PressAnswer, type PressQuestion, type PressRequest } from '../protocol/press.ts'
import { ROUTES } from '../protocol/routes.ts'
import { type AskOptions, ask } from './ask.ts'
import type { Storage } from './storage.ts'

/**
 * Presses that wait on this phone. A press is stored before the screen says anything, and repeated until the server has
 * said that it is received. Runs in the page and in the service worker; either may flush, both at once do no harm, since
 * a press is idempotent by its alert id. No clock of its own: `now` is an argument.
 */
export const QueuedPress = z.strictObject({
  vault: Id,
  key: Key,
  alert: Id,
  practice: z.boolean(),
  /** This phone's clock at the end of the hold, ms since 1970. Only differences of it are ever sent. */
  heldAt: z.number(),
  /** The person took it back: from then on only the cancel is sent, which voids a press that comes later. */
  cancelled: z.boolean(),
  /** `waiting`: nobody has answered. `received`: the server has it. `dead`: the server knows no such key. */
  state: z.enum(['waiting', 'received', 'dead']),
  /** The server's last word on it. */
  answer: z.nullable(PressAnswer),
})
export type QueuedPress = z.infer<typeof QueuedPress>

const STORAGE_KEY = 'presses'
/** What is known of older alerts is kept a while for the screen; more would only fill a phone. */
const KEEP_MAX = 20

/** Reads what is stored, leaving out what does not fit: one damaged entry must not hold up the others. */
const readAll = (stored: unknown): QueuedPress[] => {
  if (!Array.isArray(stored)) return []
  return stored.flatMap((entry) => {
    const parsed = QueuedPress.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })
}

export const queuedPresses = async (storage: Storage): Promise<QueuedPress[]> =>
  readAll(await storage.get(STORAGE_KEY))

const trim = (presses: QueuedPress[]): QueuedPress[] => {
  const settled = presses.filter((press) => press.state !== 'waiting')
  const surplus = new Set(settled.slice(0, Math.max(0, presses.length - KEEP_MAX)))
  return presses.filter((press) => !surplus.has(press))
}

/** @throws Error if this phone cannot store it; the caller then sends it from memory and says so */
export const storePress = (storage: Storage, press: QueuedPress): Promise<void> =>
  storage.update(STORAGE_KEY, (stored) => {
    const others = readAll(stored).filter((other) => other.alert !== press.alert)
    return trim([...others, press])
  })

/** Changes one press, if it is still there, in one step with reading it. */
export const changePress = (
  storage: Storage,
  alert: string,
  change: (press: QueuedPress) => QueuedPress,
): Promise<void> =>
  storage.update(STORAGE_KEY, (stored) =>
    readAll(stored).map((press) => (press.alert === alert ? change(press) : press)),
  )

/** Lets a press go that the person has seen the end of. */
export const dropPress = (storage: Storage, alert: string): Promise<void> =>
  storage.update(STORAGE_KEY, (stored) => readAll(stored).filter((press) => press.alert !== alert))

/** Milliseconds since the end of the hold. A clock that was set back gives 0, one set far ahead the most that is taken. */
export const ageOf = (press: QueuedPress, now: number): number =>
  Math.min(PRESS_AGE_MAX_MS, Math.max(0, Math.round(now - press.heldAt)))

export const pressBody = (press: QueuedPress, now: number): string =>
  JSON.stringify({
    vault: press.vault,
    key: press.key,
    alert: press.alert,
    ageMs: ageOf(press, now),
    practice: press.practice,
  } satisfies PressRequest)

const questionBody = (press: QueuedPress): string =>
  JSON.stringify({ vault: press.vault, key: press.key, alert: press.alert } satisfies PressQuestion)

/** Sends one press, or its cancel, once, and says what is known afterwards. Stores nothing. */
export const sendPress = async (
  press: QueuedPress,
  now: number,
  options: AskOptions = {},
): Promise<QueuedPress> => {
  const reply = press.cancelled
    ? await ask(ROUTES.cancel, questionBody(press), PressAnswer, { ...options, keepalive: true })
    : await ask(ROUTES.press, pressBody(press, now), PressAnswer, { ...options, keepalive: true })
  if (reply.kind === 'answer') return { ...press, state: 'received', answer: reply.answer }
  if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') return { ...press, state: 'dead' }
  return press
}

/** Asks how a received press stands. @returns the press, changed only by a true answer */
export const askStatus = async (press: QueuedPress, options: AskOptions = {}): Promise<QueuedPress> => {
  const reply = await ask(ROUTES.status, questionBody(press), PressAnswer, options)
  return reply.kind === 'answer' ? { ...press, answer: reply.answer } : press
}

/** Whether this press still has something to say to the server. */
export const isWaiting = (press: QueuedPress): boolean => press.state === 'waiting'

/** What an answer may change; what the person did meanwhile (a cancel) stays as it is now. */
export const merge = (now: QueuedPress, sent: QueuedPress): QueuedPress =>
  now.cancelled === sent.cancelled ? { ...now, state: sent.state, answer: sent.answer } : now

/**
 * Sends everything that waits, oldest first.
 * @returns how many still wait
 */
export const flush = async (
  storage: Storage,
  now: () => number,
  options: AskOptions = {},
): Promise<number> => {
  const waiting = (await queuedPresses(storage)).filter(isWaiting)
  await Promise.all(
    waiting.map(async (press) => {
      const sent = await sendPress(press, now(), options)
      if (!isWaiting(sent)) await changePress(storage, press.alert, (current) => merge(current, sent))
    }),
  )
  return (await queuedPresses(storage)).filter(isWaiting).length
}

const LOCK_NAME = 'amparo-presses'

/** As `flush`, but one at a time among pages and service worker where the browser has locks. */
export const flushOnce = async (storage: Storage, now: () => number): Promise<number> => {
  const locks = globalThis.navigator?.locks
  if (!locks) return flush(storage, now)
  return locks.request(LOCK_NAME, () => flush(storage, now))
}
