import { afterEach, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { alerts, ask, committed, done, mails, mailsTo, pressed, status } from './api.ts'
import { commitOf, type Family, type FamilyContact, newFamily, newId } from './family.ts'
import { dump, evict, mailroom, pass, settle, startClock, stopClock, vaultOf, withEnv } from './time.ts'

const UNKNOWN = '{"error":"unknown"}'
const ana = (family: Family): FamilyContact => family.contacts[0]!
const stop = (family: Family, scope: 'owner' | 'all', changes: object = {}) =>
  ask('stop', {
    vault: family.vault,
    id: toText(ana(family).id),
    token: toText(ana(family).stop),
    scope,
    ...changes,
  })
/** The next alert of this family, after the last one has expired. */
const nextAlert = async (family: Family): Promise<string> => {
  await pass(family, 86_400_000)
  const alert = await pressed(family)
  await settle(family)
  return alert
}

afterEach(startClock)

describe('stop', () => {
  test('the link in a mail is what it takes; that contact gets nothing more from this owner', async () => {
    const family = await committed()
    stopClock()
    await pressed(family)
    const [mail] = await mails(ana(family).address, 1)
    const link = decodeLink('stop', /\/stop#(\w+)/.exec(mail!.text)![1]!)!
    const request = {
      vault: toText(link.vault),
      id: toText(link.id),
      token: toText(link.secret!),
      scope: 'owner',
    }
    expect(await done('stop', request)).toEqual({ ok: true })
    expect(await done('stop', request)).toEqual({ ok: true })
    const alert = await nextAlert(family)
    expect(await mailsTo(ana(family).address)).toHaveLength(1)
    expect(await mailsTo(family.contacts[1]!.address)).toHaveLength(2)
    expect((await status(family, alert)).body.counts).toMatchObject({ sent: 1, refused: 1 })
    const [newest] = await alerts(family)
    expect(newest!.contacts).toContainEqual(expect.objectContaining({ state: 'refused', reason: 'stopped' }))
    const { contacts } = await done('contacts', { vault: family.vault, token: family.token })
    expect(contacts).toMatchObject([{ state: 'left' }, { state: 'invited' }])
  })

  test('`owner` stops one owner, `all` stops everybody, in any spelling of the address', async () => {
    const family = await committed()
    const other = newFamily()
    const shouting = ana(family).address.toUpperCase().replace('EXAMPLE.ORG', 'example.org')
    other.contacts = [{ ...ana(other), address: shouting }]
    await done('commit', commitOf(other))
    stopClock()
    await pressed(family)
    await settle(family)
    await stop(family, 'owner')
    await pressed(other)
    await settle(other)
    expect(await mailsTo(ana(family).address)).toHaveLength(2)
    await stop(family, 'all')
    await nextAlert(other)
    expect(await mailsTo(ana(family).address)).toHaveLength(2)
  })

  test('a link that is changed in any part is unknown, and changes nothing', async () => {
    const family = await committed()
    const other = await committed()
    await pressed(family)
    await mails(ana(family).address, 1)
    const before = (await dump(vaultOf(family))).departures
    for (const changes of [{ id: newId() }, { token: newId() }, { vault: other.vault }, { vault: newId() }]) {
      expect((await stop(family, 'all', changes)).text).toBe(UNKNOWN)
    }
    expect((await dump(vaultOf(family))).departures).toEqual(before)
    expect((await dump(vaultOf(other))).departures).toEqual([])
    expect((await stop(family, 'all')).status).toBe(200)
  })

  test('works before anything was mailed: the vault knows the contact by it', async () => {
    const family = await committed()
    stopClock()
    expect((await stop(family, 'owner')).text).toBe('{"ok":true}')
    const alert = await pressed(family)
    await settle(family)
    expect(await mailsTo(ana(family).address)).toHaveLength(0)
    expect((await status(family, alert)).body.counts).toMatchObject({ sent: 1, refused: 1 })
  })

  test('stops also what waits to be sent', async () => {
    const family = await committed()
    stopClock()
    await evict(mailroom())
    const takeBack = withEnv({ AMPARO_LOCAL: undefined })
    const alert = await pressed(family)
    await settle(family)
    await stop(family, 'owner')
    takeBack()
    await evict(mailroom())
    await pass(family, 600_000)
    expect(await mailsTo(ana(family).address)).toHaveLength(0)
    expect((await status(family, alert)).body.counts).toMatchObject({ sent: 1, refused: 1 })
  })

  test('works for 400 days, also after the vault is gone, and no address stands in the list', async () => {
    const family = await committed()
    stopClock()
    await pressed(family)
    await settle(family)
    const kept = await dump(mailroom())
    const lists = JSON.stringify([kept.stops, kept.suppressed, kept.messages, kept.reports])
    expect(lists).not.toContain(ana(family).address.split('@')[0])
    expect(lists).not.toContain(family.vault)
    expect(lists).not.toContain(toText(ana(family).stop))
    await done('delete', { vault: family.vault, token: family.token })
    await pass(family, 399 * 86_400_000)
    expect((await stop(family, 'owner')).text).toBe('{"ok":true}')
    await pass(family, 86_400_000)
    expect((await stop(family, 'all')).text).toBe(UNKNOWN)
  })
})
