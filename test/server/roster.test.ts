import { afterEach, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import type { LockKind, Roster } from '../../src/protocol/roster.ts'
import { alerts, ask, clear, done, mailsTo, pressed, status } from './api.ts'
import { invitationOf, leave } from './contact.ts'
import { commitOf, type Family, type FamilyContact, newFamily, newId, pressKey } from './family.ts'
import { dump, pass, settle, startClock, stopClock, vaultOf } from './time.ts'

/** What the roster says of a contact, and what comes of it in an alert. */
const contacts = (family: Family) => family.contacts as [FamilyContact, FamilyContact]
const committedWith = async (changed: (roster: Roster, family: Family) => Roster): Promise<Family> => {
  const family = newFamily()
  await done(
    'commit',
    commitOf(family, 0, {}, (roster) => changed(roster, family)),
  )
  stopClock()
  return family
}
const withoutChannels = (roster: Roster, at: number): Roster => ({
  ...roster,
  contacts: roster.contacts.map((contact, index) => (index === at ? { ...contact, channels: [] } : contact)),
})
const alerted = async (family: Family): Promise<string> => {
  const alert = await pressed(family)
  await settle(family)
  return alert
}
const count = async ({ address }: FamilyContact): Promise<number> => (await mailsTo(address)).length

afterEach(startClock)

describe('a contact without an address', () => {
  test('is refused at once, is never said to be sent, and finds the letter by the invitation', async () => {
    const family = await committedWith((roster) => withoutChannels(roster, 0))
    const [ana, ben] = contacts(family)
    const alert = await pressed(family)
    const refused = {
      contact: toText(ana.id),
      state: 'refused',
      reason: 'no-address',
      sentAt: null,
      openedAt: null,
      onIt: null,
      channels: [],
    }
    expect((await alerts(family))[0]!.contacts).toContainEqual({ ...refused, changedAt: Date.now() })
    await settle(family)
    expect((await status(family, alert)).body.counts).toMatchObject({ contacts: 2, sent: 1, refused: 1 })
    expect((await alerts(family))[0]!.contacts).toContainEqual(expect.objectContaining(refused))
    const { letters } = await invitationOf(family, ana)
    expect(letters).toMatchObject([{ letter: toText(ana.letter), state: 'open' }])
    expect((await ask('letter', { vault: family.vault, letter: toText(ana.letter) })).status).toBe(200)
    await clear(family, alert)
    await settle(family)
    expect([await count(ana), await count(ben)]).toEqual([0, 2])
    const { deliveries, holds } = await dump(vaultOf(family))
    expect(deliveries).toHaveLength(3)
    expect(holds).toEqual([])
  })

  test('who has one by the time of a late all-clear is not told of the end of what was never told', async () => {
    const family = await committedWith((roster) => withoutChannels(roster, 0))
    const [ana, ben] = contacts(family)
    const alert = await alerted(family)
    await pass(family, 86_400_000)
    await done('commit', commitOf(family, 1))
    expect((await clear(family, alert, pressKey(family))).status).toBe(200)
    await settle(family)
    expect([await count(ana), await count(ben)]).toEqual([0, 2])
  })

  test('an alert in which nobody has one says so, and holds nothing longer than it is open', async () => {
    const family = await committedWith((roster) => withoutChannels(withoutChannels(roster, 0), 1))
    const alert = await alerted(family)
    expect((await status(family, alert)).body.counts).toMatchObject({
      contacts: 2,
      waiting: 0,
      sent: 0,
      refused: 2,
    })
    await clear(family, alert)
    await settle(family)
    expect((await dump(vaultOf(family))).holds).toEqual([])
  })
})

describe('the lead', () => {
  const first = /te pide que llames tú primero/
  const another = /asked somebody else to call first/
  const textOf = async (contact: FamilyContact): Promise<string> => (await mailsTo(contact.address))[0]!.text

  test('is asked to call first, and the others are told that somebody is; no mail names anybody but the owner', async () => {
    const family = await committedWith((roster) => ({ ...roster, lead: roster.contacts[0]!.id }))
    const [ana, ben] = contacts(family)
    const alert = await alerted(family)
    expect(await textOf(ana)).toMatch(first)
    expect(await textOf(ana)).not.toMatch(/a otra persona/)
    expect(await textOf(ben)).toMatch(another)
    expect(await textOf(ben)).not.toContain('ana')
    await clear(family, alert)
    await settle(family)
    for (const one of [ana, ben]) expect(await textOf(one)).not.toMatch(/primero|first/)
  })

  test('where there is none, or one that no contact is, nobody speaks of one', async () => {
    for (const lead of [null, newId()]) {
      const family = await committedWith((roster) => ({ ...roster, lead }))
      await alerted(family)
      expect(await textOf(contacts(family)[1])).not.toMatch(/call first/)
    }
  })

  test('who has left, or has no address, is waited for by nobody', async () => {
    const mute = await committedWith((roster) => ({
      ...withoutChannels(roster, 0),
      lead: roster.contacts[0]!.id,
    }))
    await alerted(mute)
    expect(await textOf(contacts(mute)[1])).not.toMatch(another)
    const gone = await committedWith((roster) => ({ ...roster, lead: roster.contacts[0]!.id }))
    await leave(gone, contacts(gone)[0])
    await alerted(gone)
    expect(await textOf(contacts(gone)[1])).not.toMatch(another)
  })
})

describe('the link to the letter', () => {
  const secretFor = async (locks: LockKind[], keep: boolean): Promise<Uint8Array | null> => {
    const family = await committedWith((roster) => ({
      ...roster,
      contacts: roster.contacts.map((contact) => ({
        ...contact,
        letter: { ...contact.letter, locks, secret: keep ? contact.letter.secret : null },
      })),
    }))
    await alerted(family)
    const [, ben] = contacts(family)
    const [mail] = await mailsTo(ben.address)
    const link = decodeLink('letter', /\/letter#(\w+)/.exec(mail!.text)![1]!)!
    expect(toText(link.id)).toBe(toText(ben.letter))
    if (link.secret !== null) expect(toText(link.secret)).toBe(toText(ben.secret))
    return link.secret
  }

  test('carries a secret only where a word or the link itself opens it, whatever the roster holds', async () => {
    expect(await secretFor(['paired'], false)).toBeNull()
    expect(await secretFor(['paired'], true)).toBeNull()
    expect(await secretFor(['paired', 'word'], true)).not.toBeNull()
    expect(await secretFor(['paired', 'link'], true)).not.toBeNull()
  })
})

describe('a name that is an order or a link in disguise', () => {
  test.each([
    'Llame al banco',
    'evil dot com',
    'Аna',
    '请汇款',
  ])('%s, is in no message, and the message goes out all the same', async (name) => {
    const family = await committedWith((roster) => ({ ...roster, name }))
    await alerted(family)
    for (const { address } of contacts(family)) {
      const [mail] = await mailsTo(address)
      expect(mail?.subject).toMatch(/Somebody who trusts you|Alguien que confía en ti/)
      expect(JSON.stringify(mail)).not.toContain(name)
    }
  })
})
