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

test('pages come with a policy that allows no inline script', async () => {
  for (const page of ['/', '/letter', '/stop']) {
    const response = await fetch(server.origin + page)
    expect(response.status, page).toBe(200)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy, page).toMatch(/(script-src|default-src) 'self'/)
    expect(policy, page).not.toContain('unsafe')
    const html = await response.text()
    expect(html, page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|\sstyle=|href="data:/)
  }
})
