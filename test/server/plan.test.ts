import { afterEach, describe, expect, test } from 'vitest'
import { openPlan, openShare, sealPlan, sealShare } from '../../src/crypto/plan.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openSteps, sealSteps } from '../../src/crypto/steps.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { PLAN_MAX_BYTES, type Plan, PlanAnswer, ShareAnswer } from '../../src/protocol/plan.ts'
import type { Roster } from '../../src/protocol/roster.ts'
import { STEPS_MAX_BYTES, StepsAnswer } from '../../src/protocol/steps.ts'
import { ask, clear, committed, done, pressed } from './api.ts'
import { commitOf, type Family, type FamilyContact, newId, newKey, random, receiptToken } from './family.ts'
import { dump, evict, kvKeys, settle, startClock, stopClock, vaultOf } from './time.ts'

const UNKNOWN = '{"error":"unknown"}'
const opener = (family: Family, contact: FamilyContact, version = 1) => ({
  vault: family.vault,
  letter: toText(contact.letter),
  version,
  token: receiptToken(family, contact),
})
const people = (family: Family) => family.contacts as [FamilyContact, FamilyContact]

const steps = async (family: Family, contact: FamilyContact) =>
  StepsAnswer.parse(await done('steps', opener(family, contact)))
const set = (family: Family, pressedAt: number, ticked: Record<string, number>): string =>
  toText(
    sealSteps(
      family.situation,
      vaultIdOf(family.root),
      { v: 1, pressedAt, name: null, steps: ticked },
      random,
    ),
  )
const tick = async (
  family: Family,
  contact: FamilyContact,
  ticked: Record<string, number>,
  after?: number,
) => {
  const { said, pressedAt } = await steps(family, contact)
  return ask('tick', {
    ...opener(family, contact),
    pressedAt,
    after: after ?? said,
    sealed: set(family, pressedAt, ticked),
  })
}
const alerted = async (family: Family) => {
  stopClock()
  const alert = await pressed(family)
  await settle(family)
  return alert
}

afterEach(startClock)

describe('the list of steps', () => {
  test('that one contact ticks is seen by the others who have opened, in words that the server cannot read', async () => {
    const family = await committed()
    await alerted(family)
    const [ana, ben] = people(family)
    expect(await steps(family, ben)).toMatchObject({ said: 0, mine: null, others: [] })
    expect((await tick(family, ana, { children: 1 })).body).toEqual({ ok: true })
    await tick(family, ben, { locator: 1 })
    const seen = await steps(family, ben)
    expect(seen.others).toHaveLength(1)
    const opened = openSteps(
      family.situation,
      vaultIdOf(family.root),
      seen.pressedAt,
      fromText(seen.others[0]!),
    )
    expect(opened?.steps).toEqual({ children: 1 })
    expect((await steps(family, ana)).mine).toBe(seen.others[0])
    const { steps: rows } = await dump(vaultOf(family))
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain('children')
  })

  test('twice the same is once, and a set that arrives late takes nothing back', async () => {
    const family = await committed()
    await alerted(family)
    const [ana] = people(family)
    const { pressedAt } = await steps(family, ana)
    const first = {
      ...opener(family, ana),
      ...{ pressedAt, after: 0, sealed: set(family, pressedAt, { children: 1 }) },
    }
    expect((await ask('tick', first)).body).toEqual({ ok: true })
    expect((await ask('tick', first)).body).toEqual({ ok: true })
    await tick(family, ana, { children: 2 })
    const late = await ask('tick', first)
    expect([late.status, late.body]).toEqual([409, { error: 'conflict', version: 2 }])
    expect((await steps(family, ana)).said).toBe(2)
  })

  test('is of one alert: a set of another is refused, and so is one after the all-clear', async () => {
    const family = await committed()
    const alert = await alerted(family)
    const [ana, ben] = people(family)
    const { pressedAt } = await steps(family, ana)
    const other = await ask('tick', {
      ...opener(family, ana),
      ...{ pressedAt: pressedAt + 1, after: 0, sealed: set(family, pressedAt, {}) },
    })
    expect(other.status).toBe(409)
    await tick(family, ana, { children: 1 })
    await clear(family, alert)
    expect((await tick(family, ben, { children: 1 })).body).toEqual({ error: 'closed' })
    expect((await steps(family, ben)).others).toHaveLength(1)
  })

  test('ends when the letters are taken back, and with the vault', async () => {
    const family = await committed()
    const alert = await alerted(family)
    const [ana] = people(family)
    await tick(family, ana, { children: 1 })
    await clear(family, alert)
    await done('withdraw', { vault: family.vault, token: family.token, alert })
    expect((await dump(vaultOf(family))).steps).toEqual([])
    expect((await ask('steps', opener(family, ana))).text).toBe(UNKNOWN)
  })

  test('is still there after the object was evicted', async () => {
    const family = await committed()
    await alerted(family)
    const [ana, ben] = people(family)
    await tick(family, ana, { children: 1 })
    await evict(vaultOf(family))
    expect((await steps(family, ben)).others).toHaveLength(1)
  })

  test('is not to be had before an alert, nor without the receipt token, nor too long', async () => {
    const family = await committed()
    const [ana] = people(family)
    expect((await ask('steps', opener(family, ana))).text).toBe(UNKNOWN)
    await alerted(family)
    const { pressedAt } = await steps(family, ana)
    const asked = {
      ...opener(family, ana),
      ...{ pressedAt, after: 0, sealed: set(family, pressedAt, {}) },
    }
    for (const wrong of [{ token: newKey() }, { letter: newId() }, { version: 2 }]) {
      expect((await ask('steps', { ...opener(family, ana), ...wrong })).text).toBe(UNKNOWN)
      expect((await ask('tick', { ...asked, ...wrong })).text).toBe(UNKNOWN)
      expect((await ask('share', { ...opener(family, ana), ...wrong })).text).toBe(UNKNOWN)
    }
    const long = toText(random(STEPS_MAX_BYTES + 1))
    expect((await ask('tick', { ...asked, sealed: long })).body).toEqual({ error: 'malformed' })
  })
})

const PLAN: Plan = {
  v: 1,
  sections: [
    { id: 'identity', at: 1, entries: [{ 'legal-name': 'Ana Flores' }] },
    { id: 'money', at: 2, entries: [{ accounts: 'Banco azul' }] },
  ],
  shares: [],
}

/** A commit in which ana's letter comes with one section, and the plan itself. */
const withPlan = (family: Family, base: number) => {
  const request = commitOf(family, base)
  const version = base + 1
  const [ana] = people(family)
  const share = { ...PLAN, sections: PLAN.sections.slice(0, 1) }
  const vault = vaultIdOf(family.root)
  return {
    ...request,
    plan: toText(sealPlan(family.root, version, PLAN, random)),
    letters: request.letters.map((letter) =>
      letter.id === toText(ana.letter)
        ? { ...letter, share: toText(sealShare(ana.letterKey, vault, ana.letter, version, share, random)) }
        : letter,
    ),
  }
}
const planOf = async (family: Family) =>
  PlanAnswer.parse(await done('plan', { vault: family.vault, token: family.token })).plan
const shareOf = async (family: Family, contact: FamilyContact, version: number) =>
  ShareAnswer.parse(await done('share', opener(family, contact, version))).share
const planned = async (): Promise<Family> => {
  const family = await committed()
  await done('commit', withPlan(family, 1))
  return family
}

describe('the plan', () => {
  test('is the owner’s alone; a contact gets what came with the own letter, and who was shown nothing gets nothing', async () => {
    const family = await planned()
    const found = await planOf(family)
    expect(found?.version).toBe(2)
    expect(openPlan(family.root, 2, fromText(found!.sealed))).toEqual(PLAN)
    const wrong = await ask('plan', { vault: family.vault, token: newKey() })
    expect(wrong.text).toBe(UNKNOWN)
    const [ana, ben] = people(family)
    expect((await ask('share', opener(family, ana, 2))).text).toBe(UNKNOWN)
    await alerted(family)
    const share = await shareOf(family, ana, 2)
    const vault = vaultIdOf(family.root)
    expect(
      openShare(ana.letterKey, vault, ana.letter, 2, fromText(share!))?.sections.map(({ id }) => id),
    ).toEqual(['identity'])
    expect(openShare(ben.letterKey, vault, ana.letter, 2, fromText(share!))).toBeNull()
    expect(await shareOf(family, ben, 2)).toBeNull()
  })

  test('stays with `keep`, and so does what comes with a letter that is kept', async () => {
    const family = await planned()
    const keep = people(family).map(({ letter }) => toText(letter))
    const same = (roster: Roster): Roster => ({
      ...roster,
      contacts: roster.contacts.map((one) => ({ ...one, letter: { ...one.letter, version: 2 } })),
    })
    await done('commit', commitOf(family, 2, { letters: [], keep, plan: 'keep' }, same))
    expect((await planOf(family))?.version).toBe(2)
    await alerted(family)
    expect(await shareOf(family, people(family)[0], 2)).not.toBeNull()
  })

  test('goes when a commit leaves it out, and its bytes with it; all of it goes with the vault', async () => {
    const family = await planned()
    expect((await kvKeys(family)).filter((key) => /^(plan|share)\//.test(key))).toHaveLength(2)
    await done('commit', commitOf(family, 2))
    expect(await planOf(family)).toBeNull()
    const { sealed_keys: rows, shares } = await dump(vaultOf(family))
    expect(shares).toEqual([])
    const dead = rows!.filter(({ state }) => state === 'dead').map(({ key }) => String(key).split('/')[0])
    expect(dead).toEqual(expect.arrayContaining(['plan', 'share']))
  })

  test('of a letter that is out stays as it was when it went out, until it is taken back', async () => {
    const family = await planned()
    const [ana] = people(family)
    const alert = await alerted(family)
    const before = await shareOf(family, ana, 2)
    await done('commit', commitOf(family, 2))
    expect(await shareOf(family, ana, 2)).toBe(before)
    await clear(family, alert)
    await settle(family)
    await done('withdraw', { vault: family.vault, token: family.token, alert })
    expect((await dump(vaultOf(family))).shares).toEqual([])
  })

  test('that is not there cannot be kept, and none is longer than its limit', async () => {
    const family = await committed()
    const none = await ask('commit', commitOf(family, 1, { plan: 'keep' }))
    expect(none.body).toEqual({ error: 'malformed' })
    const long = toText(random(PLAN_MAX_BYTES + 1))
    expect((await ask('commit', commitOf(family, 1, { plan: long }))).body).toEqual({ error: 'malformed' })
  })
})
