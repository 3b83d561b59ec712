import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { HostAnswer } from '../../src/protocol/host.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { dayOf, workshopCodeOf } from '../../src/server/ticket/workshop.ts'
import { ask, send } from './api.ts'
import { commitOf, newFamily, random } from './family.ts'
import { logged } from './logged.ts'
import { withEnv } from './time.ts'

const BASE = 'http://turnstile.double'
const SETTINGS = { TURNSTILE_SITE_KEY: 'site', TURNSTILE_SECRET: 'secret', TURNSTILE_BASE_URL: BASE }

/** As Cloudflare documents it: a token is good once; the same request again, under the same key, is told the same. */
type Asked = { secret: string; response: string; idempotency_key: string }
let asked: Asked[]
let trouble: (() => Promise<Response>) | null
let takeBack: () => void

const said = (success: boolean, ...errors: string[]): Response =>
  Response.json({ success, 'error-codes': errors })

const answer = (request: Asked): Response => {
  const before = asked.find(({ response }) => response === request.response)
  asked.push(request)
  if (request.secret !== 'secret') return said(false, 'invalid-input-secret')
  if (!request.response.startsWith('good')) return said(false, 'invalid-input-response')
  return before === undefined || before.idempotency_key === request.idempotency_key
    ? said(true)
    : said(false, 'timeout-or-duplicate')
}

beforeEach(() => {
  asked = []
  trouble = null
  const outside = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    if (!request.url.startsWith(BASE)) return outside(request)
    expect([request.method, request.url]).toEqual(['POST', `${BASE}/siteverify`])
    return trouble === null ? answer(await request.json()) : trouble()
  })
  takeBack = withEnv(SETTINGS)
})
afterEach(() => {
  takeBack()
  vi.restoreAllMocks()
})

const ticketOf = (token: string) => ({ kind: 'turnstile', token }) as const
const make = (token: string | null, from?: string) =>
  ask('commit', commitOf(newFamily(), 0, { ticket: token === null ? null : ticketOf(token) }), from)

describe('where the host has switched Turnstile on', () => {
  test('the host says so, and a new vault needs a token that Turnstile knows', async () => {
    expect(HostAnswer.parse(await (await send(ROUTES.host)).json()).turnstile).toBe('site')
    expect((await make(null)).body).toEqual({ error: 'ticket' })
    expect((await make('bad')).body).toEqual({ error: 'ticket' })
    expect((await make('good')).status).toBe(200)
    const keys = asked.map((request) => Object.keys(request).sort().join())
    expect(new Set(keys)).toEqual(new Set(['idempotency_key,response,secret']))
  })

  test('a token is good for one vault, and for that vault again', async () => {
    const commit = commitOf(newFamily(), 0, { ticket: ticketOf('good') })
    expect((await ask('commit', commit)).status).toBe(200)
    expect((await ask('commit', commit)).body).toEqual({ ok: true, version: 1 })
    expect((await make('good')).body).toEqual({ error: 'ticket' })
  })

  test('a vault that is there, and a family with a workshop’s code, need none', async () => {
    const key = random(32)
    const workshop = withEnv({ WORKSHOP_KEY: toText(key) })
    const code = workshopCodeOf(key, { day: dayOf(Date.now()), families: 1 })
    const family = newFamily()
    const first = commitOf(family, 0, { ticket: { kind: 'workshop', code } })
    expect((await ask('commit', first)).status).toBe(200)
    expect((await ask('commit', commitOf(family, 1))).status).toBe(200)
    expect(asked).toEqual([])
    workshop()
  })

  test.each<[string, string, () => Promise<Response>]>([
    ['it cannot be reached', '203.0.113.101', () => Promise.reject(new TypeError('no line'))],
    ['it answers with a page', '203.0.113.102', async () => new Response('<h1>502</h1>', { status: 502 })],
    ['it is in trouble', '203.0.113.103', async () => said(false, 'internal-error')],
    ['the host has the wrong secret', '203.0.113.104', async () => said(false, 'invalid-input-secret')],
  ])('and %s, families are let in all the same, as many as the network may', async (_, network, fault) => {
    trouble = fault
    const statuses: number[] = []
    for (let time = 0; time < 11; time += 1) statuses.push((await make('good', network)).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
    expect(logged).toContain('{"event":"turnstile-out-of-order","count":1}')
    // Not for who brings nothing at all.
    expect((await make(null)).body).toEqual({ error: 'ticket' })
  })

  test('a request that Turnstile finds malformed is no way round it', async () => {
    trouble = async () => said(false, 'bad-request')
    expect((await make('good')).body).toEqual({ error: 'ticket' })
  })
})

test.each([
  ['TURNSTILE_SECRET', { TURNSTILE_SECRET: undefined }],
  ['TURNSTILE_SITE_KEY', { TURNSTILE_SITE_KEY: undefined }],
])('half of it is none: %s is said to be missing', async (name, changes) => {
  const half = withEnv(changes)
  const host = HostAnswer.parse(await (await send(ROUTES.host)).json())
  expect([host.ready, host.turnstile, host.missing]).toEqual([false, null, [name]])
  expect((await make('good')).body).toEqual({ error: 'not-configured', missing: [name] })
  half()
})

test('where it is off, a token is not looked at', async () => {
  const off = withEnv({ TURNSTILE_SITE_KEY: undefined, TURNSTILE_SECRET: undefined })
  expect((await make('bad')).status).toBe(200)
  expect(asked).toEqual([])
  off()
})
