import { describe, expect, test } from 'vitest'
import { ask, committed } from './api.ts'
import { commitOf, newFamily, newId, newKey, pressKey } from './family.ts'
import { withEnv } from './time.ts'

describe('a network that fails too often', () => {
  test('is told to slow down, while a valid press key, letter and token are served as ever', async () => {
    const network = '198.51.100.7'
    const family = await committed()
    const guess = () => ask('open', { vault: family.vault, token: newKey() }, network)
    // The counter's minute is the real clock's: a new one may begin once in between.
    const answers: Awaited<ReturnType<typeof guess>>[] = []
    while (answers.length <= 60 && answers.at(-1)?.status !== 429) answers.push(await guess())
    const slow = answers.pop()!
    expect(slow.status).toBe(429)
    expect(answers.length).toBeGreaterThanOrEqual(30)
    expect(new Set(answers.map(({ body }) => body.error))).toEqual(new Set(['unknown']))
    expect(slow.body).toEqual({ error: 'slow-down', waitMs: 60_000 })

    const question = { vault: family.vault, key: pressKey(family), alert: newId() }
    expect((await ask('press', { ...question, ageMs: 0, practice: false }, network)).status).toBe(200)
    expect((await ask('status', question, network)).status).toBe(200)
    const cancelled = await ask('cancel', { ...question, alert: newId() }, network)
    expect(cancelled.status).toBe(200)
    expect((await ask('open', { vault: family.vault, token: family.token }, network)).status).toBe(200)
    expect((await ask('open', { vault: family.vault, token: newKey() }, '198.51.100.8')).body.error).toBe(
      'unknown',
    )
  })
})

describe('a counter that is out of order', () => {
  test('closes no door', async () => {
    const broken = { limit: () => Promise.reject(new Error('out of order')) }
    const takeBack = withEnv({ FAILURES: broken, NEW_VAULTS: broken })
    const family = await committed()
    expect((await ask('open', { vault: family.vault, token: newKey() })).body.error).toBe('unknown')
    takeBack()
    const without = withEnv({ FAILURES: undefined, NEW_VAULTS: undefined })
    expect((await ask('commit', commitOf(newFamily()))).status).toBe(200)
    without()
  })
})
