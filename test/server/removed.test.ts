import { reset } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { StandingAnswer } from '../../src/protocol/standing.ts'
import { StepsAnswer } from '../../src/protocol/steps.ts'
import { ask, committed, done, mailsTo, pressed } from './api.ts'
import { accept } from './consent.ts'
import { commitOf, type Family, type FamilyContact, random, receiptToken } from './family.ts'
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

  const opener = (family: Family, contact: FamilyContact) => ({
    vault: family.vault,
    letter: toText(contact.letter),
    version: 1,
    token: receiptToken(family, contact),
  })
  const standing = async (family: Family, contact: FamilyContact) =>
    StandingAnswer.parse(await done('standing', opener(family, contact)))
  const says = async (family: Family, contact: FamilyContact) => {
    const { said, alert } = await standing(family, contact)
    const head = { ...opener(family, contact), pressedAt: alert.pressedAt, after: said }
    return { head, answer: await ask('receipt', { ...head, kind: 'on-it', sealed: NOTE }) }
  }
  const NOTE = toText(random(553))
  const UNKNOWN = '{"error":"unknown"}'
  const running = async () => {
    const family = await committed()
    const alert = await pressed(family)
    await settle(family)
    const [ana, ben] = family.contacts as [FamilyContact, FamilyContact]
    return { family, alert, ana, ben }
  }

  test('during an alert keeps the letter that is out, and hears and says nothing more about it', async () => {
    const { family, ana, ben } = await running()
    const { head } = await says(family, ben)
    await says(family, ana)
    await done('commit', without(family, 1))
    await done('letter', { vault: family.vault, letter: toText(ben.letter) })
    for (const path of ['standing', 'share', 'steps'] as const)
      expect((await ask(path, opener(family, ben))).text, path).toBe(UNKNOWN)
    for (const after of [0, 1]) {
      const word = { ...head, after, kind: 'on-it', sealed: NOTE }
      expect((await ask('receipt', word)).text).toBe(UNKNOWN)
      expect((await ask('tick', { ...head, after, sealed: NOTE })).text).toBe(UNKNOWN)
    }
    expect((await standing(family, ana)).mine?.sealed).toBe(NOTE)
  })

  test('is on it no more, and what was ticked is gone: the others see it, and the alert is repeated', async () => {
    const { family, ana, ben } = await running()
    const { head } = await says(family, ben)
    await done('tick', { ...head, after: 0, sealed: NOTE })
    expect((await standing(family, ana)).others).toHaveLength(1)
    await done('receipt', { ...opener(family, ana), kind: 'opened' })
    await pass(family, 31 * 60_000)
    expect(await mailsTo(ana.address)).toHaveLength(1)
    await done('commit', without(family, 1))
    expect((await standing(family, ana)).others).toEqual([])
    expect(StepsAnswer.parse(await done('steps', opener(family, ana))).others).toEqual([])
    await pass(family, 9 * 60_000)
    expect(await mailsTo(ana.address)).toHaveLength(1)
    await pass(family, 60_000)
    expect(await mailsTo(ana.address)).toHaveLength(2)
  })
})
