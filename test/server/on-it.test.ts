import { afterEach, describe, expect, test } from 'vitest'
import { openNote, sealNote } from '../../src/crypto/note.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { PressAnswer } from '../../src/protocol/press.ts'
import { StandingAnswer } from '../../src/protocol/standing.ts'
import { AlertsAnswer } from '../../src/protocol/vault.ts'
import { ask, clear, committed, done, mailsTo, press, pressed, status } from './api.ts'
import { commitOf, type Family, type FamilyContact, newId, newKey, random, receiptToken } from './family.ts'
import { dump, evict, pass, settle, startClock, stopClock, vaultOf } from './time.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const UNKNOWN = '{"error":"unknown"}'

const opener = (family: Family, contact: FamilyContact, version = 1) => ({
  vault: family.vault,
  letter: toText(contact.letter),
  version,
  token: receiptToken(family, contact),
})
const standing = async (family: Family, contact: FamilyContact, version = 1) =>
  StandingAnswer.parse(await done('standing', opener(family, contact, version)))
const note = (family: Family, pressedAt: number, name: string, text: string | null = null): string =>
  toText(sealNote(family.situation, vaultIdOf(family.root), { v: 1, pressedAt, name, note: text }, random))
const read = (family: Family, pressedAt: number, sealed: string) =>
  openNote(family.situation, vaultIdOf(family.root), pressedAt, fromText(sealed))

/** As the contact's page does it: asks, then says. */
const say = async (family: Family, contact: FamilyContact, name: string | null) => {
  const { said, alert } = await standing(family, contact)
  const word = { ...opener(family, contact), pressedAt: alert.pressedAt, after: said }
  return ask(
    'receipt',
    name === null
      ? { ...word, kind: 'not-on-it' }
      : { ...word, kind: 'on-it', sealed: note(family, alert.pressedAt, name) },
  )
}
const alertsOf = async (family: Family) =>
  AlertsAnswer.parse(await done('alerts', { vault: family.vault, token: family.token })).alerts
const told = async (family: Family): Promise<number[]> =>
  Promise.all(family.contacts.map(async ({ address }) => (await mailsTo(address)).length))

const alerted = async () => {
  const family = await committed()
  stopClock()
  const alert = await pressed(family)
  await settle(family)
  const [ana, ben] = family.contacts as [FamilyContact, FamilyContact]
  return { family, alert, ana, ben }
}

afterEach(startClock)

describe('"on it"', () => {
  test('is seen by the owner and by the others who opened, in words that only they can read', async () => {
    const { family, alert, ana, ben } = await alerted()
    expect((await say(family, ana, 'Tía Ana')).body).toEqual({ ok: true })
    const seen = await standing(family, ben)
    expect(seen).toMatchObject({ said: 0, mine: null, newer: false })
    expect(seen.others).toHaveLength(1)
    const { pressedAt } = seen.alert
    expect(read(family, pressedAt, seen.others[0]!.sealed)?.name).toBe('Tía Ana')
    expect((await standing(family, ana)).mine?.sealed).toBe(seen.others[0]!.sealed)
    expect((await standing(family, ana)).others).toEqual([])
    const [summary] = await alertsOf(family)
    const of = (contact: FamilyContact) => summary?.contacts.find((one) => one.contact === toText(contact.id))
    expect(of(ana)?.onIt).toEqual(seen.others[0])
    // Who says so has opened the letter, also where the receipt of that got lost.
    expect(of(ana)?.openedAt).toBe(Date.now())
    expect(of(ben)).toMatchObject({ onIt: null, openedAt: null, sentAt: Date.now() })
    expect(PressAnswer.parse((await status(family, alert)).body).counts).toMatchObject({
      opened: 1,
      onIt: 1,
    })
    const { on_it: rows } = await dump(vaultOf(family))
    expect(JSON.stringify(rows)).not.toContain('Tía')
  })

  test('names no contact, no letter, and no number of those who have not opened', async () => {
    const { family, ana, ben } = await alerted()
    await say(family, ana, 'Ana')
    const answer = await ask('standing', opener(family, ben))
    for (const hidden of [ana.id, ana.letter, ben.id]) expect(answer.text).not.toContain(toText(hidden))
    expect(Object.keys(answer.body).sort()).toEqual(
      ['alert', 'mine', 'newer', 'ok', 'openedAt', 'others', 'said', 'sentAt', 'situations'].sort(),
    )
  })

  test('is taken back, and said anew in other words: the last word counts', async () => {
    const { family, ana, ben } = await alerted()
    await say(family, ana, 'Ana')
    await say(family, ana, 'Ana María')
    const seen = await standing(family, ben)
    expect(seen.others.map(({ sealed }) => read(family, seen.alert.pressedAt, sealed)?.name)).toEqual([
      'Ana María',
    ])
    await say(family, ana, null)
    expect((await standing(family, ben)).others).toEqual([])
    expect(await standing(family, ana)).toMatchObject({ said: 3, mine: null })
    expect((await alertsOf(family))[0]?.contacts.every(({ onIt }) => onIt === null)).toBe(true)
  })

  test('twice the same is once, and one that arrives late changes nothing', async () => {
    const { family, ana, ben } = await alerted()
    const { pressedAt } = (await standing(family, ana)).alert
    const first = {
      ...opener(family, ana),
      ...{ kind: 'on-it', pressedAt, after: 0, sealed: note(family, pressedAt, 'Ana') },
    }
    expect((await ask('receipt', first)).status).toBe(200)
    expect((await ask('receipt', first)).status).toBe(200)
    expect((await standing(family, ana)).said).toBe(1)
    await say(family, ana, null)
    const late = await ask('receipt', first)
    expect([late.status, late.body]).toEqual([409, { error: 'conflict', version: 2 }])
    expect((await standing(family, ben)).others).toEqual([])
  })

  test('after the all-clear is refused; what was said before stays, and once more is no refusal', async () => {
    const { family, alert, ana, ben } = await alerted()
    const { pressedAt } = (await standing(family, ana)).alert
    const first = {
      ...opener(family, ana),
      ...{ kind: 'on-it', pressedAt, after: 0, sealed: note(family, pressedAt, 'Ana') },
    }
    await ask('receipt', first)
    await clear(family, alert)
    expect((await ask('receipt', first)).body).toEqual({ ok: true })
    const late = await say(family, ben, 'Ben')
    expect([late.status, late.body]).toEqual([409, { error: 'closed' }])
    expect((await say(family, ana, null)).body).toEqual({ error: 'closed' })
    expect(await standing(family, ben)).toMatchObject({
      alert: { state: 'cleared', closedAt: Date.now() },
      others: [{}],
    })
  })

  test('is still taken where the alert has run out by itself', async () => {
    const { family, ana } = await alerted()
    await pass(family, 25 * HOUR_MS)
    expect((await say(family, ana, 'Ana')).body).toEqual({ ok: true })
    expect((await standing(family, ana)).alert.state).toBe('expired')
  })

  test('belongs to the alert that released the letter last; a word about the one before is not taken for it', async () => {
    const { family, ana, ben } = await alerted()
    await say(family, ana, 'Ana')
    const before = await standing(family, ana)
    await pass(family, 25 * HOUR_MS)
    const second = await pressed(family)
    await settle(family)
    const now = await standing(family, ana)
    expect(now).toMatchObject({ said: 0, mine: null, others: [], openedAt: null })
    const stale = await ask('receipt', {
      ...opener(family, ana),
      ...{ kind: 'on-it', pressedAt: before.alert.pressedAt, after: 0 },
      sealed: note(family, before.alert.pressedAt, 'Ana'),
    })
    expect(stale.body).toMatchObject({ error: 'conflict' })
    await say(family, ben, 'Ben')
    const list = await alertsOf(family)
    expect(list.map(({ contacts }) => contacts.filter(({ onIt }) => onIt !== null).length)).toEqual([1, 1])
    expect(list[0]?.alert).toBe(second)
  })

  test('by a letter that a newer one has replaced within the same alert counts there, and hears of the newer one', async () => {
    const { family, ana, ben } = await alerted()
    await done('commit', commitOf(family, 1))
    await pass(family, 11 * MINUTE_MS)
    await pressed(family)
    await settle(family)
    expect((await standing(family, ana)).newer).toBe(true)
    expect((await standing(family, ana, 2)).newer).toBe(false)
    await say(family, ana, 'Ana')
    expect((await standing(family, ana, 2)).mine).not.toBeNull()
    expect((await standing(family, ben, 2)).others).toHaveLength(1)
  })

  test('goes with the letters when they are taken back', async () => {
    const { family, alert, ana } = await alerted()
    await say(family, ana, 'Ana')
    await clear(family, alert)
    await done('withdraw', { vault: family.vault, token: family.token, alert })
    expect((await ask('standing', opener(family, ana))).text).toBe(UNKNOWN)
    expect((await dump(vaultOf(family))).on_it).toEqual([])
  })

  test('and how it stands are unknown to everybody else, byte for byte', async () => {
    const { family, ana, ben } = await alerted()
    const { pressedAt } = (await standing(family, ana)).alert
    const word = { kind: 'on-it', pressedAt, after: 0, sealed: note(family, pressedAt, 'Ana') }
    const good = opener(family, ana)
    for (const wrong of [
      { ...good, token: newKey() },
      { ...good, token: receiptToken(family, ben) },
      { ...good, letter: newId() },
      { ...good, version: 2 },
      { ...good, vault: newId() },
    ]) {
      expect((await ask('standing', wrong)).text).toBe(UNKNOWN)
      expect((await ask('receipt', { ...wrong, ...word })).text).toBe(UNKNOWN)
    }
    expect((await dump(vaultOf(family))).on_it).toEqual([])
    const early = await committed()
    expect((await ask('standing', opener(early, early.contacts[0]!))).text).toBe(UNKNOWN)
  })
})

describe('an alert that nobody is on', () => {
  test('goes out again after half an hour, two hours and twelve, and says what it is', async () => {
    const { family, alert } = await alerted()
    await pass(family, 30 * MINUTE_MS)
    expect(await told(family)).toEqual([2, 2])
    const [first, second] = await mailsTo(family.contacts[1]!.address)
    const texts = [first!.text, second!.text].sort((a, b) => a.length - b.length)
    expect(texts[1]).toContain('Nobody has said yet that they are on it.')
    expect(texts[0]).not.toContain('Nobody has said')
    expect(second!.text).toContain('/letter#')
    expect(PressAnswer.parse((await status(family, alert)).body).counts).toMatchObject({
      contacts: 2,
      sent: 2,
    })
    await pass(family, 90 * MINUTE_MS)
    expect((await alertsOf(family))[0]?.waves).toBe(3)
  })

  test('leaves room for a real press where an address that nobody has confirmed may get three a day', async () => {
    const { family } = await alerted()
    await pass(family, 30 * MINUTE_MS)
    await pass(family, 90 * MINUTE_MS)
    expect(await told(family)).toEqual([2, 2])
    await pass(family, HOUR_MS)
    await pressed(family)
    await settle(family)
    expect(await told(family)).toEqual([3, 3])
  })

  test('goes out once where the object slept through all three, also after an eviction', async () => {
    const { family } = await alerted()
    await evict(vaultOf(family))
    await pass(family, 13 * HOUR_MS)
    expect(await told(family)).toEqual([2, 2])
    await pass(family, HOUR_MS)
    expect(await told(family)).toEqual([2, 2])
  })

  test('with somebody on it goes on only to who has not opened', async () => {
    const { family, ana } = await alerted()
    await say(family, ana, 'Ana')
    await pass(family, 30 * MINUTE_MS)
    expect(await told(family)).toEqual([1, 2])
    const texts = (await mailsTo(family.contacts[1]!.address)).map(({ text }) => text)
    expect(texts.some((text) => text.includes('Your letter has not been opened yet.'))).toBe(true)
    expect(texts.some((text) => text.includes('Nobody has said'))).toBe(false)
  })

  test('with everybody on it or at least in the picture is silent', async () => {
    const { family, ana, ben } = await alerted()
    await say(family, ana, 'Ana')
    await done('receipt', { ...opener(family, ben), kind: 'opened' })
    await pass(family, 30 * MINUTE_MS)
    expect(await told(family)).toEqual([1, 1])
  })

  test('hears of it again when the last one takes it back: once, ten minutes later', async () => {
    const { family, ana } = await alerted()
    await say(family, ana, 'Ana')
    await pass(family, 30 * MINUTE_MS)
    expect(await told(family)).toEqual([1, 2])
    await pass(family, 50 * MINUTE_MS)
    await say(family, ana, null)
    await pass(family, 9 * MINUTE_MS)
    expect(await told(family)).toEqual([1, 2])
    await pass(family, MINUTE_MS)
    expect((await told(family))[0]).toBe(2)
    await pass(family, 20 * MINUTE_MS)
    expect((await told(family))[0]).toBe(2)
  })

  test('is silent after the all-clear, and writes to nobody who has left', async () => {
    const { family, alert, ben } = await alerted()
    await pass(family, 20 * MINUTE_MS)
    const mail = (await mailsTo(ben.address))[0]
    expect(mail).toBeDefined()
    await done('leave', {
      ...{ vault: family.vault, contact: toText(ben.id) },
      token: toText(
        (await import('../../src/crypto/invitation.ts')).joinTokenOf(
          ben.invitation,
          vaultIdOf(family.root),
          ben.id,
        ),
      ),
    })
    await pass(family, 10 * MINUTE_MS)
    expect(await told(family)).toEqual([2, 1])
    await clear(family, alert)
    await settle(family)
    expect(await told(family)).toEqual([3, 1])
    await pass(family, 3 * HOUR_MS)
    expect(await told(family)).toEqual([3, 1])
  })

  test('keeps what opens the roster until it closes, and not longer', async () => {
    const { family, alert } = await alerted()
    await pass(family, 2 * HOUR_MS)
    expect((await dump(vaultOf(family))).holds).toHaveLength(1)
    await clear(family, alert)
    await settle(family)
    expect((await dump(vaultOf(family))).holds).toEqual([])
  })

  test('loses nothing to a repeat: what was sent stays sent while the repeat waits', async () => {
    const { family, alert } = await alerted()
    await pass(family, 29 * MINUTE_MS)
    const before = PressAnswer.parse((await status(family, alert)).body).counts
    // Time acts within the question; the mailroom has not been asked yet.
    ;(await import('vitest')).vi.setSystemTime(Date.now() + MINUTE_MS)
    const after = PressAnswer.parse((await status(family, alert)).body).counts
    expect(after).toEqual(before)
    expect((await press(family, newId())).status).toBe(200)
  })
})
