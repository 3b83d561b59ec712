import { env, exports } from 'cloudflare:workers'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import './logged.ts'
import { commitOf, type Family, newFamily, newId, pressKey } from './family.ts'

/** The Worker over HTTP, blind to what is inside. */
export const ORIGIN = 'https://amparo.test'

// Mails are to be read at /outbox.json; tests of other settings change this.
;(env as unknown as Record<string, unknown>).AMPARO_LOCAL = '1'

/** Each call comes from another /48, so that no counter of one test stands in the way of another. */
let calls = 0
const network = (): string => {
  calls += 1
  return `2001:db8:${calls.toString(16)}::1`
}

export type Answer = { status: number; body: Record<string, unknown>; text: string; headers: Headers }

export const send = async (path: string, init: RequestInit = {}, from = network()): Promise<Response> =>
  exports.default.fetch(
    new Request(`${path.startsWith('/outbox') ? 'http://localhost' : ORIGIN}${path}`, {
      ...init,
      headers: { 'cf-connecting-ip': from, ...(init.headers as Record<string, string>) },
    }),
  )

export const ask = async (route: RouteName, body: unknown, from?: string): Promise<Answer> => {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await send(ROUTES[route], init, from)
  const text = await response.text()
  return { status: response.status, body: JSON.parse(text), text, headers: response.headers }
}

/** @throws Error unless the answer is `ok` */
export const done = async (route: RouteName, body: unknown): Promise<Record<string, unknown>> => {
  const answer = await ask(route, body)
  if (answer.status !== 200) throw new Error(`${route}: ${answer.text}`)
  return answer.body
}

export const committed = async (delayMs = 0): Promise<Family> => {
  const family = newFamily(delayMs)
  await done('commit', commitOf(family))
  return family
}

export const press = (family: Family, alert: string, changes: object = {}, from?: string) =>
  ask(
    'press',
    { vault: family.vault, key: pressKey(family), alert, ageMs: 0, practice: false, ...changes },
    from,
  )
export const status = (family: Family, alert: string) =>
  ask('status', { vault: family.vault, key: pressKey(family), alert })
export const cancel = (family: Family, alert: string) =>
  ask('cancel', { vault: family.vault, key: pressKey(family), alert })
export const clear = (family: Family, alert: string, key: string | null = null) =>
  ask('clear', { vault: family.vault, token: family.token, alert, key })
export const alerts = async (family: Family) =>
  (await done('alerts', { vault: family.vault, token: family.token })).alerts as Record<string, unknown>[]

/** Presses for real. @returns the alert's id */
export const pressed = async (family: Family): Promise<string> => {
  const alert = newId()
  const answer = await press(family, alert)
  if (answer.status !== 200) throw new Error(answer.text)
  return alert
}

export type Mail = { id: string; at: number; to: string; subject: string; text: string; html: string }
export const outbox = async (): Promise<Mail[]> => (await send('/outbox.json')).json()
export const mailsTo = async (address: string): Promise<Mail[]> =>
  (await outbox()).filter(({ to }) => to.toLowerCase() === address.toLowerCase())

/** Waits until `probe` gives something other than null or false. */
export const eventually = async <T>(probe: () => Promise<T | null | false>, ms = 5_000): Promise<T> => {
  const until = Date.now() + ms
  for (;;) {
    const found = await probe()
    if (found !== null && found !== false) return found
    if (Date.now() > until) throw new Error('it never happened')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Waits for exactly so many mails to an address. */
export const mails = (address: string, count: number): Promise<Mail[]> =>
  eventually(async () => {
    const found = await mailsTo(address)
    return found.length >= count && found
  })
