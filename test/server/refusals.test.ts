import { afterEach, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { Refusal, STATUS_OF } from '../../src/protocol/codes.ts'
import { HostAnswer } from '../../src/protocol/host.ts'
import { BODY_MAX_BYTES, CARD_ENTRY_SEALED_BYTES, COMMIT_BODY_MAX_BYTES } from '../../src/protocol/limits.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { ask, committed, done, press, send, status } from './api.ts'
import { sealedAnswer } from './contact.ts'
import { commitOf, newFamily, newId, newKey, pressKey } from './family.ts'
import { newPhone, setBody } from './guarded.ts'
import { startClock, withEnv } from './time.ts'

const POSTS = (Object.keys(ROUTES) as RouteName[]).filter((name) => name !== 'host')
const JSON_TYPE = { 'content-type': 'application/json' }
const code = async (response: Response): Promise<string> => {
  const refusal = Refusal.parse(await response.json())
  expect(response.status).toBe(STATUS_OF[refusal.error])
  return refusal.error
}

afterEach(startClock)

describe('addresses and methods', () => {
  test.each(POSTS)('%s answers to POST alone; anything else has no effect', async (name) => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const response = await send(ROUTES[name], { method })
      expect(response.headers.get('allow')).toBe('POST')
      expect(await code(response)).toBe('method')
    }
    const head = await send(ROUTES[name], { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([405, ''])
  })

  test('what is not there, and another version of the protocol', async () => {
    for (const path of [
      '/api/v1/nothing',
      '/api/v2/press',
      '/api',
      '/api/v1/press/',
      '/api/v1/%70ress/x',
      '//api/v1/press',
    ]) {
      expect(await code(await send(path, { method: 'POST', headers: JSON_TYPE, body: '{}' }))).toBe(
        'no-route',
      )
    }
  })

  test('no answer may be stored, sniffed or passed on as a referrer', async () => {
    for (const response of [
      await send(ROUTES.host),
      await send(ROUTES.press, { method: 'POST', headers: JSON_TYPE, body: '{}' }),
      await send('/api/v1/nothing'),
      await send(ROUTES.press),
    ]) {
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('content-type')).toContain('application/json')
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('bodies', () => {
  const limitOf = (name: RouteName): number => (name === 'commit' ? COMMIT_BODY_MAX_BYTES : BODY_MAX_BYTES)

  test.each(POSTS)('%s: too large, not JSON, not of the schema, of another content type', async (name) => {
    const post = (body: BodyInit | null, headers: Record<string, string> = JSON_TYPE) =>
      send(ROUTES[name], { method: 'POST', headers, body })
    expect(await code(await post(' '.repeat(limitOf(name) + 1)))).toBe('too-large')
    expect(await code(await post(' '.repeat(limitOf(name))))).toBe('malformed')
    expect(await code(await post('{'))).toBe('malformed')
    expect(await code(await post('{}'))).toBe('malformed')
    expect(await code(await post('null'))).toBe('malformed')
    expect(await code(await post(null))).toBe('malformed')
    expect(await code(await post(new Uint8Array([0x22, 0xff, 0x22])))).toBe('malformed')
    expect(await code(await post('{}', { 'content-type': 'text/plain' }))).toBe('malformed')
    expect(await code(await post('{}', { 'content-type': 'application/jsonp' }))).toBe('malformed')
    expect(await code(await post('{}', {}))).toBe('malformed')
  })

  test('a body without a length is cut off at its limit', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1_024
        if (sent > 1_000_000) controller.close()
        else controller.enqueue(new Uint8Array(1_024).fill(0x20))
      },
    })
    expect(await code(await send(ROUTES.press, { method: 'POST', headers: JSON_TYPE, body: endless }))).toBe(
      'too-large',
    )
    expect(sent).toBeLessThan(100_000)
  })

  test('one member more or less, or another spelling of the same bytes, is refused', async () => {
    const family = await committed()
    const good = { vault: family.vault, key: pressKey(family), alert: newId() }
    expect((await ask('cancel', good)).status).toBe(200)
    const { alert, ...without } = good
    const respelled = `${good.key.slice(0, -1)}${String.fromCharCode(good.key.charCodeAt(42) + 1)}`
    for (const wrong of [
      ...[without, { ...good, more: 1 }, { ...good, __proto__: null, vault: [family.vault] }],
      ...[
        { ...good, alert: `${alert}=` },
        { ...good, alert: `${alert} ` },
        { ...good, key: respelled },
      ],
    ]) {
      expect((await ask('cancel', wrong)).text).toBe('{"error":"malformed"}')
    }
    const proto = JSON.stringify(good).replace('{', '{"__proto__":{"key":1},')
    expect(await code(await send(ROUTES.cancel, { method: 'POST', headers: JSON_TYPE, body: proto }))).toBe(
      'malformed',
    )
  })

  test('charset utf-8 is the one parameter that is taken', async () => {
    const body = JSON.stringify({ vault: newId(), letter: newId() })
    const with8 = { 'content-type': 'Application/JSON; charset=UTF-8' }
    expect(await code(await send(ROUTES.letter, { method: 'POST', headers: with8, body }))).toBe('unknown')
    const with16 = { 'content-type': 'application/json; charset=utf-16' }
    expect(await code(await send(ROUTES.letter, { method: 'POST', headers: with16, body }))).toBe('malformed')
  })
})

describe('what must not be told apart', () => {
  test('a commit that no vault takes tells nothing of whether there is one', async () => {
    const family = await committed()
    const odd = (vault: string) => ({ ...commitOf({ ...family, vault, token: newKey() }), keep: [newId()] })
    const answers = [await ask('commit', odd(family.vault)), await ask('commit', odd(newFamily().vault))]
    for (const { status: at, text } of answers) expect([at, text]).toEqual([400, '{"error":"malformed"}'])
  })

  test('unknown vault, deleted vault, wrong token: one answer on every route, byte for byte', async () => {
    const family = await committed()
    const gone = await committed()
    await done('delete', { vault: gone.vault, token: gone.token })
    const nobody = newFamily()
    const answer = sealedAnswer(family, family.contacts[0]!, 1)
    const noEntry = toText(new Uint8Array(CARD_ENTRY_SEALED_BYTES))
    const questions = (vault: string, token: string): [RouteName, object][] => [
      ['open', { vault, token }],
      ['delete', { vault, token }],
      ['end', { vault, token }],
      ['alerts', { vault, token }],
      ['contacts', { vault, token }],
      ['clear', { vault, token, alert: newId(), key: null }],
      ['withdraw', { vault, token, alert: newId() }],
      ['press', { vault, key: token, alert: newId(), ageMs: 0, practice: false }],
      ['cancel', { vault, key: token, alert: newId() }],
      ['status', { vault, key: token, alert: newId() }],
      ['letter', { vault, letter: newId() }],
      ['word', { vault, letter: newId(), version: 1, gate: token }],
      ['receipt', { vault, letter: newId(), version: 1, token, kind: 'opened' }],
      ['standing', { vault, letter: newId(), version: 1, token }],
      ['plan', { vault, token }],
      ['share', { vault, letter: newId(), version: 1, token }],
      ['steps', { vault, letter: newId(), version: 1, token }],
      ['tick', { vault, letter: newId(), version: 1, token, pressedAt: 1, after: 0, sealed: 'A'.repeat(88) }],
      ['join', { vault, contact: newId(), token }],
      ['code', { vault, contact: newId(), token, stop: newId(), address: 'a@example.org', language: 'en' }],
      ['accept', { vault, contact: newId(), token, answers: 0, sealed: answer, proof: null }],
      ['leave', { vault, contact: newId(), token }],
      ['stop', { vault, id: newId(), token: newId(), scope: 'all' }],
      ['checkIns', { vault, key: token, token }],
      [
        'checkInArm',
        {
          ...{ vault, key: token, checkIn: newId(), graceMs: 0, zone: 'UTC', remind: null, said: null },
          schedule: { kind: 'in', ms: 3_600_000 },
        },
      ],
      ['checkInWell', { vault, token, checkIn: newId(), round: 1 }],
      ['checkInExtend', { vault, token, checkIn: newId(), round: 1, dueAt: 1, byMs: 60_000 }],
      ['checkInEnd', { vault, token, checkIn: newId(), seen: 'armed' }],
      ['checkInCode', { vault, key: token, checkIn: newId(), address: 'a@example.org', language: 'en' }],
      ['guardSet', { ...setBody(newPhone(family)), vault, token }],
      ['guardTry', { vault, guard: newId(), device: token, pin: token }],
      ['guardOpened', { vault, token, guard: newId() }],
      ['guardRemove', { vault, token, guard: null }],
      ['handOffer', { vault, token, id: newId(), hash: token }],
      ['handLook', { vault, token, id: newId() }],
      ['handGive', { vault, token, id: newId(), nonce: newId(), sealed: noEntry }],
      ['handEnd', { vault, token, id: newId() }],
      ['handTake', { vault, token, id: newId(), nonce: newId() }],
      ['handTaken', { vault, token, id: newId(), nonce: newId() }],
      ['putCard', { vault, token, presser: newId(), lookup: newId(), sealed: noEntry }],
      ['told', { vault, token, set: { kind: 'none' } }],
      ['findCard', { lookup: newId() }],
      ['commit', commitOf({ ...family, vault, token }, 5)],
    ]
    const all = [
      ...questions(family.vault, newKey()),
      ...questions(gone.vault, gone.token),
      ...questions(nobody.vault, nobody.token),
    ]
    const seen = new Set<string>()
    for (const [route, body] of all) {
      const { status: at, text, headers } = await ask(route, body)
      seen.add(JSON.stringify([at, text, [...headers].sort()]))
    }
    expect([...seen]).toHaveLength(1)
    expect([...seen][0]).toContain('unknown')
  })
})

describe('the host', () => {
  test('says whether a family can set up here', async () => {
    const answer = HostAnswer.parse(await (await send(ROUTES.host)).json())
    const nothing = { sender: null, turnstile: null, push: null, missing: [] }
    expect(answer).toEqual({ ok: true, ready: true, channels: ['outbox'], ...nothing })
    expect((await send(`${ROUTES.host}?x=1`)).status).toBe(200)
    const head = await send(ROUTES.host, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(await code(await send(ROUTES.host, { method: 'POST' }))).toBe('method')
  })

  test.each([
    [{ AMPARO_LOCAL: undefined }, [], ['RESEND_API_KEY', 'AMPARO_FROM']],
    [{ AMPARO_LOCAL: '0' }, [], ['RESEND_API_KEY', 'AMPARO_FROM']],
    [{ RESEND_API_KEY: 're_x' }, [], ['AMPARO_FROM']],
    [{ AMPARO_LOCAL: undefined, RESEND_API_KEY: 're_x', AMPARO_FROM: 'a@example.org' }, ['email'], []],
    [{ AMPARO_ORIGIN: 'example.org' }, ['outbox'], ['AMPARO_ORIGIN']],
    [{ AMPARO_ORIGIN: 'https://example.org/path' }, ['outbox'], ['AMPARO_ORIGIN']],
    [{ AMPARO_ORIGIN: 'https://example.org/' }, ['outbox'], []],
  ])('%o', async (settings, channels, missing) => {
    const takeBack = withEnv(settings)
    const answer = HostAnswer.parse(await (await send(ROUTES.host)).json())
    takeBack()
    const sender = channels[0] === 'email' ? 'a@example.org' : null
    expect(answer).toEqual({
      ok: true,
      ready: missing.length === 0,
      sender,
      turnstile: null,
      push: null,
      channels,
      missing,
    })
  })

  test('that has nothing to send with refuses new families, and serves those it has', async () => {
    const family = await committed()
    const takeBack = withEnv({ AMPARO_LOCAL: undefined })
    const refused = await ask('commit', commitOf(newFamily()))
    expect([refused.status, refused.body]).toEqual([
      403,
      { error: 'not-configured', missing: ['RESEND_API_KEY', 'AMPARO_FROM'] },
    ])
    expect((await ask('commit', commitOf(family, 1))).status).toBe(200)
    expect((await ask('open', { vault: family.vault, token: family.token })).status).toBe(200)
    const alert = newId()
    expect((await press(family, alert)).body).toMatchObject({ ok: true, state: 'open' })
    expect((await status(family, alert)).body.counts).toMatchObject({ contacts: 2, waiting: 2, sent: 0 })
    takeBack()
  })

  test('whose bindings are missing refuses with a reason, and breaks nothing', async () => {
    const takeBack = withEnv({ VAULT: undefined, SEALED: undefined })
    expect(await (await send(ROUTES.host)).json()).toMatchObject({
      ready: false,
      missing: ['SEALED', 'VAULT'],
    })
    expect((await ask('commit', commitOf(newFamily()))).body).toMatchObject({ error: 'not-configured' })
    expect((await ask('letter', { vault: newId(), letter: newId() })).text).toBe('{"error":"try-again"}')
    takeBack()
  })
})
