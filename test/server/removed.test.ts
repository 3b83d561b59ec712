import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { committed, done, pressed } from './api.ts'
import { accept } from './consent.ts'
import { commitOf, type Family } from './family.ts'
import { dump, mailroom, pass, settle, startClock, stopClock, vaultOf } from './time.ts'

beforeEach(stopClock)
afterEach(async () => {
  startClock()
  await reset()
})

describe('a contact who is removed', () => {
  const accepted = async () => (await dump(mailroom())).accepted
  const without = (family: Family, base: number) =>
    commitOf({ ...family, contacts: family.contacts.slice(0, 1) }, base)

  test('has confirmed nothing any more', async () => {
    const family = await committed()
    await accept(family, family.contacts[0]!)
    await accept(family, family.contacts[1]!)
    expect(await accepted()).toHaveLength(2)
    await done('commit', without(family, 1))
    await settle(family)
    expect(await accepted()).toHaveLength(1)
    expect((await dump(vaultOf(family))).dropped).toEqual([])
  })

  test('during an alert has so until it is over, and is told that it is', async () => {
    const family = await committed()
    for (const contact of family.contacts) await accept(family, contact)
    const alert = await pressed(family)
    await settle(family)
    await done('commit', without(family, 1))
    await settle(family)
    expect(await accepted()).toHaveLength(2)
    await done('clear', { vault: family.vault, token: family.token, alert, key: null })
    await pass(family, 3_600_000)
    await pass(family, 3_600_000)
    expect(await accepted()).toHaveLength(1)
  })

  test('and taken in again before that was told loses nothing', async () => {
    const family = await committed()
    for (const contact of family.contacts) await accept(family, contact)
    await pressed(family)
    await settle(family)
    await done('commit', without(family, 1))
    await done('commit', commitOf(family, 2))
    await pass(family, 25 * 3_600_000)
    expect(await accepted()).toHaveLength(2)
  })
})
