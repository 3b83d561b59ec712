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
  /**
   * `waiting`: nobody has answered. `received`: the server has it. `dead`: the server knows no such key, and it will not go out.
   * `unfit`: the server does not understand it, so this app is too old, or the server is at fault; it waits on.
   */
  state: z.enum(['waiting', 'received', 'dead', 'unfit']),
  /** The server's last word on it. */
  answer: z.nullable(PressAnswer),
})
export type QueuedPress = z.infer<typeof QueuedPress>

export const STORAGE_KEY = 'presses'
/** What is known of older alerts is kept a while for the screen; more would only fill a phone. */
const KEEP_MAX = 20

/** What is stored and does not fit (damaged, or of another version of the app) is passed over, and left where it is. */
const entries = (stored: unknown): unknown[] => (Array.isArray(stored) ? stored : [])

export const parsePress = (entry: unknown): QueuedPress | null => {
  const parsed = QueuedPress.safeParse(entry)
  return parsed.success ? parsed.data : null
}

export const queuedPresses = async (storage: Storage): Promise<QueuedPress[]> =>
  entries(await storage.get(STORAGE_KEY))
    .map(parsePress)
    .filter((press) => press !== null)

/** Changes the presses that fit, in one step with reading them; null lets one go. */
const changeAll = (storage: Storage, change: (press: QueuedPress) => QueuedPress | null): Promise<void> =>
  storage.update(STORAGE_KEY, (stored) =>
    entries(stored)
      .map((entry) => {
        const press = parsePress(entry)
        return press === null ? entry : change(press)
      })
      .filter((entry) => entry !== null),
  )

/** Lets the oldest of what is over go. What waits stays, and what this version cannot read. */
const trim = (stored: unknown[]): unknown[] => {
  let surplus = stored.length - KEEP_MAX
  return stored.filter((entry) => {
    const press = parsePress(entry)
    if (surplus <= 0 || press === null || isWaiting(press)) return true
    surplus -= 1
    return false
  })
}

/** @throws Error if this phone cannot store it; the caller then sends it from memory and says so */
export const storePress = (storage: Storage, press: QueuedPress): Promise<void> =>
  storage.update(STORAGE_KEY, (stored) => {
    const others = entries(stored).filter((entry) => parsePress(entry)?.alert !== press.alert)
    return trim([...others, press])
  })

/** Changes one press, if it is still there, in one step with reading it. */
export const changePress = (
  storage: Storage,
  alert: string,
  change: (press: QueuedPress) => QueuedPress,
): Promise<void> => changeAll(storage, (press) => (press.alert === alert ? change(press) : press))

/** Lets a press go that the person has seen the end of. */
export const dropPress = (storage: Storage, alert: string): Promise<void> =>
  changeAll(storage, (press) => (press.alert === alert ? null : press))

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
  if (reply.kind === 'none') return press
  switch (reply.refusal.error) {
    case 'unknown':
      return { ...press, state: 'dead' }
    case 'malformed':
    case 'too-large':
    case 'no-route':
    case 'method':
      return { ...press, state: 'unfit' }
    default:
      return press
  }
}

/** Asks how a received press stands. @returns the press, changed only by a true answer */
export const askStatus = async (press: QueuedPress, options: AskOptions = {}): Promise<QueuedPress> => {
  const reply = await ask(ROUTES.status, questionBody(press), PressAnswer, options)
  return reply.kind === 'answer' ? { ...press, answer: reply.answer } : press
}

/** Whether this press still has something to say to the server. */
export const isWaiting = ({ state }: QueuedPress): boolean => state === 'waiting' || state === 'unfit'

/** How far an answer's state is; an answer that was long under way must not undo a newer one. */
const RANK: Record<PressAnswer['state'], number> = {
  counting: 0,
  cancelled: 1,
  open: 1,
  cleared: 2,
  expired: 2,
}

/**
 * What was sent changes what is known now: only with an answer, never backwards, and not where the person has done something else
 * meanwhile (a cancel).
 */
export const merge = (now: QueuedPress, sent: QueuedPress): QueuedPress => {
  if (now.cancelled !== sent.cancelled || sent.state === 'waiting') return now
  if (sent.state === 'unfit') return isWaiting(now) ? { ...now, state: 'unfit' } : now
  if (now.answer !== null && sent.answer !== null && RANK[sent.answer.state] < RANK[now.answer.state])
    return now
  return { ...now, vault: sent.vault, key: sent.key, state: sent.state, answer: sent.answer }
}

/** This phone's present credentials, as the client keeps them for a press. */
const Credentials = z.object({ vault: Id, key: Key })
const CREDENTIALS_KEY = 'press'
/** What this phone presses with in the vault that takes the place of another (`protocol.md §7.16`). */
const Successor = z.object({ from: Id, vault: Id, key: Key })
export const SUCCESSOR_KEY = 'successor'

/**
 * A press that was stored before the keys rolled holds the key of then. If the server does not know it, and this phone has a newer
 * one for the same vault, it goes out with that; if another vault has taken the place of that one, in there.
 */
export const renewed = async (storage: Storage, press: QueuedPress): Promise<QueuedPress | null> => {
  const found = Credentials.safeParse(await storage.get(CREDENTIALS_KEY))
  const now = found.success ? found.data : null
  if (now?.vault === press.vault && now.key !== press.key) return { ...press, key: now.key, state: 'waiting' }
  const successor = Successor.safeParse(await storage.get(SUCCESSOR_KEY))
  if (!successor.success || successor.data.from !== press.vault) return null
  // Its keys may have rolled since.
  const { vault, key } = now?.vault === successor.data.vault ? now : successor.data
  return { ...press, vault, key, state: 'waiting' }
}

/** As `sendPress`, and a second time with what this phone presses with now where the first is not known any more. */
export const sendAnyhow = async (
  storage: Storage,
  press: QueuedPress,
  now: number,
  options: AskOptions = {},
): Promise<QueuedPress> => {
  const sent = await sendPress(press, now, options)
  if (sent.state !== 'dead') return sent
  const again = await renewed(storage, press).catch(() => null)
  return again === null ? sent : sendPress(again, now, options)
}

/**
 * Sends everything that waits.
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
      const sent = await sendAnyhow(storage, press, now(), options)
      if (!isWaiting(sent)) await changePress(storage, press.alert, (current) => merge(current, sent))
    }),
  )
  return (await queuedPresses(storage)).filter(isWaiting).length
}

const LOCK_NAME = 'amparo-presses'
/** A page that was frozen in the middle of its flush holds the lock for as long as it is frozen. */
const LOCK_WAIT_MS = 10_000

/** As `flush`, but one at a time among pages and service worker where the browser has locks: never for the price of not sending. */
export const flushOnce = async (
  storage: Storage,
  now: () => number,
  waitMs: number = LOCK_WAIT_MS,
): Promise<number> => {
  const locks = globalThis.navigator?.locks
  if (!locks) return flush(storage, now)
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), waitMs)
  let mine = false
  try {
    return await locks.request(LOCK_NAME, { signal: stop.signal }, () => {
      mine = true
      clearTimeout(timer)
      return flush(storage, now)
    })
  } catch (error) {
    if (mine) throw error
    return flush(storage, now)
  } finally {
    clearTimeout(timer)
  }
}
