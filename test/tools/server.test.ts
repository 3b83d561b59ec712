import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { PAD_MIN_BYTES, SEAL_OVERHEAD_BYTES } from '../../src/protocol/limits.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { CommitAnswer, type CommitRequest, OpenAnswer } from '../../src/protocol/vault.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server?.stop())

const random = (length: number) => toText(randomBytes(length))
const ask = async (route: string, body: unknown): Promise<unknown> => {
  const response = await fetch(server.origin + route, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}

test('what the server has confirmed is there after a power cut, at the same address', async () => {
  const owner = { vault: random(16), token: random(32) }
  // The server never opens it, so random bytes are as good as sealed ones.
  const document = random(PAD_MIN_BYTES + SEAL_OVERHEAD_BYTES)
  const commit: CommitRequest = {
    ...owner,
    commit: random(16),
    base: 0,
    document,
    roster: random(PAD_MIN_BYTES + SEAL_OVERHEAD_BYTES),
    pressers: [],
    contacts: [],
    letters: [],
    keep: [],
    ticket: null,
    endCheckIns: false,
    plan: null,
  }
  expect(CommitAnswer.parse(await ask(ROUTES.commit, commit))).toEqual({ ok: true, version: 1 })

  await server.kill()
  await expect(fetch(server.origin)).rejects.toThrow()
  await server.restart()

  expect(OpenAnswer.parse(await ask(ROUTES.open, owner))).toEqual({ ok: true, version: 1, document })
})

test('the outbox of a new server is empty', async () => {
  expect(await server.outbox()).toEqual([])
})

const policyOf = (response: Response): Record<string, string> => {
  const policy = response.headers.get('content-security-policy') ?? ''
  // Two of them, of which a browser holds to both.
  expect(policy).not.toContain(',')
  return Object.fromEntries(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ')
      return [name, values.join(' ')]
    }),
  )
}

/** Of all pages but the two that differ in something. */
const STRICT = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

test('pages come with a policy that allows no inline script', async () => {
  for (const page of ['/', '/letter', '/stop', '/join', '/check']) {
    const response = await fetch(server.origin + page)
    expect(response.status, page).toBe(200)
    expect(response.headers.get('content-security-policy'), page).not.toContain('unsafe')
    expect(policyOf(response), page).toMatchObject({ 'default-src': "'none'", 'style-src': "'self'" })
    const html = await response.text()
    expect(html, page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|\sstyle=|href="data:/)
  }
})

test('no page but the check runs a script of others, and the app alone shows a page in a frame: one of its own', async () => {
  for (const page of ['/letter', '/stop', '/join', '/letter?x=1'])
    expect(policyOf(await fetch(server.origin + page)), page).toEqual(STRICT)
  for (const page of ['/', '/?x=1'])
    expect(policyOf(await fetch(server.origin + page)), page).toEqual({ ...STRICT, 'frame-src': "'self'" })
})

test('the check runs Turnstile’s script, and can be shown by the app alone', async () => {
  const check = await fetch(`${server.origin}/check`)
  const { 'manifest-src': _, 'worker-src': __, ...rest } = STRICT
  expect(policyOf(check)).toEqual({
    ...rest,
    'script-src': "'self' https://challenges.cloudflare.com",
    'frame-src': 'https://challenges.cloudflare.com',
    'frame-ancestors': "'self'",
  })
  // All else is as on any other page.
  const [own, others] = [check, await fetch(`${server.origin}/stop`)].map(({ headers }) => {
    const {
      etag,
      'content-length': ___,
      'content-security-policy': ____,
      date,
      ...more
    } = Object.fromEntries(headers)
    return more
  })
  expect(own).toEqual(others)
  expect(own).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
})
