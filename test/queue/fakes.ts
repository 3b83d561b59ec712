import type { PressAnswer, PressState } from '../../src/protocol/press.ts'
import type { QueuedPress } from '../../src/queue/press-queue.ts'
import type { Storage } from '../../src/queue/storage.ts'

/** A phone's storage in memory, values as JSON, each step a turn later as in a browser. */
export type FakeStorage = Storage & {
  /** While true, writing throws, as on a full disk. */
  full: boolean
  /** While true, reading throws as well. */
  broken: boolean
  values: Map<string, string>
}

export const fakeStorage = (): FakeStorage => {
  const values = new Map<string, string>()
  let last: Promise<unknown> = Promise.resolve()
  const check = (writes: boolean): void => {
    if (storage.broken || (writes && storage.full)) throw new Error('storage')
  }
  const read = (key: string): unknown => {
    const text = values.get(key)
    return text === undefined ? undefined : JSON.parse(text)
  }
  /** One transaction after the other, as IndexedDB has it. */
  const turn = <T>(act: () => T): Promise<T> => {
    const next = last.then(act)
    last = next.catch(() => undefined)
    return next
  }
  const storage: FakeStorage = {
    full: false,
    broken: false,
    values,
    get: (key) =>
      turn(() => {
        check(false)
        return read(key)
      }),
    set: (key, value) =>
      turn(() => {
        check(true)
        values.set(key, JSON.stringify(value))
      }),
    update: (key, change) =>
      turn(() => {
        check(true)
        values.set(key, JSON.stringify(change(read(key))))
      }),
    delete: (key) =>
      turn(() => {
        check(false)
        values.delete(key)
      }),
  }
  return storage
}

const NO_COUNTS = { contacts: 0, waiting: 0, sent: 0, delivered: 0, refused: 0, opened: 0, onIt: 0 }

export const answerOf = (state: PressState): PressAnswer => ({
  ok: true,
  state,
  practice: false,
  pressedAt: 1_000,
  receivedAt: 1_000,
  releaseInMs: state === 'counting' ? 5_000 : 0,
  heldUntil: null,
  counts: NO_COUNTS,
})

export const idOf = (number: number): string => Buffer.alloc(16, number + 1).toString('base64url')

export const pressOf = (number: number, more: Partial<QueuedPress> = {}): QueuedPress => ({
  vault: idOf(200),
  key: Buffer.alloc(32, 9).toString('base64url'),
  alert: idOf(number),
  practice: false,
  heldAt: 1_000,
  cancelled: false,
  state: 'waiting',
  answer: null,
  ...more,
})

export type Sent = { route: string; body: Record<string, unknown> }
type Behaviour = (sent: Sent) => Response | Promise<Response>

/** A line to the service. `sent` is what went out. */
export const fakeLine = (behave: Behaviour): { fetch: typeof fetch; sent: Sent[] } => {
  const sent: Sent[] = []
  return {
    sent,
    fetch: async (route, init) => {
      const one = { route: String(route), body: JSON.parse(String(init?.body)) as Record<string, unknown> }
      sent.push(one)
      return behave(one)
    },
  }
}

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
