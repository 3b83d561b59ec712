import { afterEach, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { alerts, ask, committed, done, mails, mailsTo, pressed, status } from './api.ts'
import { askCode, leave } from './contact.ts'
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
/** By the link in the newest mail to this address. */
const mailedStop = async (address: string, scope: 'owner' | 'all') => {
  const [mail] = await mailsTo(address)
  const { vault, id, secret } = decodeLink('stop', /\/stop#(\w+)/.exec(mail!.text)![1]!)!
  return { vault: toText(vault), id: toText(id), token: toText(secret!), scope }
}
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
    await mails(ana(family).address, 1)
    const request = await mailedStop(ana(family).address, 'owner')
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
    await ask('stop', await mailedStop(ana(family).address, 'owner'))
    await pressed(other)
    await settle(other)
    expect(await mailsTo(ana(family).address)).toHaveLength(2)
    await ask('stop', await mailedStop(ana(family).address, 'all'))
    await nextAlert(other)
    expect(await mailsTo(ana(family).address)).toHaveLength(2)
  })

  test('a link that is changed in any part is unknown, and changes nothing', async () => {
    const family = await committed()
    const other = await committed()
    await pressed(family)
    await mails(ana(family).address, 1)
    const link = await mailedStop(ana(family).address, 'all')
    const before = (await dump(vaultOf(family))).departures
    for (const changes of [{ id: newId() }, { token: newId() }, { vault: other.vault }, { vault: newId() }]) {
      expect((await stop(family, 'all', changes)).text).toBe(UNKNOWN)
      expect((await ask('stop', { ...link, ...changes })).text).toBe(UNKNOWN)
    }
    expect((await dump(vaultOf(family))).departures).toEqual(before)
    expect((await dump(vaultOf(other))).departures).toEqual([])
    expect((await ask('stop', link)).status).toBe(200)
  })

  test('whoever knows an address cannot stop it: not an owner who has mail sent there, nor another contact', async () => {
    const [family, stranger] = [await committed(), await committed()]
    const [victim, ben] = family.contacts as [FamilyContact, FamilyContact]
    stopClock()
    stranger.contacts = [{ ...ana(stranger), address: victim.address }]
    await done('commit', commitOf(stranger, 1))
    await askCode(stranger, ana(stranger))
    await pressed(stranger)
    await settle(stranger)
    await askCode(family, ben, { address: victim.address })
    expect(await mailsTo(victim.address)).toHaveLength(3)
    await stop(stranger, 'all')
    await leave(stranger, ana(stranger))
    const own = { vault: family.vault, id: toText(ben.id), token: toText(ben.stop) }
    for (const scope of ['owner', 'all']) await ask('stop', { ...own, scope })
    await leave(family, ben)
    await pressed(family)
    await settle(family)
    expect(await mailsTo(victim.address)).toHaveLength(4)
  })

  test('the link in a code’s mail stops the address that it went to, and not the contact who mistyped it', async () => {
    const family = await committed()
    stopClock()
    const address = 'mistyped@example.org'
    await askCode(family, ana(family), { address })
    await mails(address, 1)
    expect((await ask('stop', await mailedStop(address, 'owner'))).text).toBe('{"ok":true}')
    expect((await askCode(family, ana(family), { address })).text).toBe('{"ok":true}')
    await pressed(family)
    await settle(family)
    expect(await mailsTo(address)).toHaveLength(1)
    expect(await mailsTo(ana(family).address)).toHaveLength(1)
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
    const link = await mailedStop(ana(family).address, 'owner')
    expect(lists).not.toContain(link.token)
    await done('delete', { vault: family.vault, token: family.token })
    await pass(family, 399 * 86_400_000)
    expect((await ask('stop', link)).text).toBe('{"ok":true}')
    await pass(family, 86_400_000)
    expect((await ask('stop', { ...link, scope: 'all' })).text).toBe(UNKNOWN)
  })
})
