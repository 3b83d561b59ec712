import { afterEach, describe, expect, test } from 'vitest'
import { pressKeyOf } from '../../src/crypto/presser.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openCover, openSituation, presserTokenOf, sealSituation } from '../../src/crypto/situation.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { SHOWN_PRESSES_MAX } from '../../src/protocol/limits.ts'
import { PressAnswer } from '../../src/protocol/press.ts'
import { CoverAnswer, PressesAnswer } from '../../src/protocol/presser.ts'
import { StandingAnswer } from '../../src/protocol/standing.ts'
import { AlertsAnswer } from '../../src/protocol/vault.ts'
import { ask, clear, done, mailsTo, press, status } from './api.ts'
import {
  commitOf,
  type Family,
  type FamilyPresser,
  newFamily,
  newId,
  newPresser,
  random,
  receiptToken,
} from './family.ts'
import { dump, pass, startClock, stopClock, vaultOf } from './time.ts'

const UNKNOWN = '{"error":"unknown"}'
const CLOSED = '{"error":"closed"}'

/** A family with a trusted person, and the person. */
const withPerson = async (delayMs = 0): Promise<{ family: Family; luz: FamilyPresser }> => {
  const luz = newPresser(delayMs)
  const family: Family = { ...newFamily(5_000), others: [luz] }
  await done('commit', commitOf(family))
  return { family, luz }
}

const keyOf = (family: Family, { secret }: FamilyPresser): string =>
  toText(pressKeyOf(secret, vaultIdOf(family.root)))
const tokenOf = (family: Family, { secret }: FamilyPresser): string =>
  toText(presserTokenOf(secret, vaultIdOf(family.root)))
const pressBy = (family: Family, presser: FamilyPresser, alert: string, changes: object = {}) =>
  press(family, alert, { key: keyOf(family, presser), ...changes })
const revoke = (family: Family, base: number) => ask('commit', commitOf({ ...family, others: [] }, base))
const presses = async ({ vault, token }: Family) =>
  PressesAnswer.parse(await done('presses', { vault, token })).presses

const sealed = async (
  family: Family,
  presser: FamilyPresser,
  pressedAt: number,
  place: string,
): Promise<string> => {
  const { situation } = await coverOf(family, presser)
  const words = { v: 1, pressedAt, place, when: null, what: null, saw: true, position: null } as const
  return toText(sealSituation(fromText(situation), vaultIdOf(family.root), presser.id, words, random))
}

const coverOf = async (family: Family, presser: FamilyPresser) => {
  const { version, sealed: bytes } = CoverAnswer.parse(
    await done('cover', { vault: family.vault, token: tokenOf(family, presser) }),
  )
  const cover = openCover(presser.secret, vaultIdOf(family.root), presser.id, version, fromText(bytes))
  if (cover === null) throw new Error('the cover does not open')
  return cover
}

const say = async (
  family: Family,
  presser: FamilyPresser,
  alert: string,
  after: number,
  words: string | Promise<string>,
) =>
  ask('situation', {
    vault: family.vault,
    token: tokenOf(family, presser),
    alert,
    after,
    sealed: await words,
  })

/** The contact who has opened the letter asks how it stands. */
const standing = async (family: Family, version = 1) => {
  const [ana] = family.contacts
  if (ana === undefined) throw new Error('no contact')
  const token = receiptToken(family, ana)
  const question = { vault: family.vault, letter: toText(ana.letter), version, token }
  await done('receipt', { ...question, kind: 'opened' })
  return StandingAnswer.parse(await done('standing', question))
}

const alertsOf = async ({ vault, token }: Family) =>
  AlertsAnswer.parse(await done('alerts', { vault, token })).alerts

afterEach(startClock)

describe('a presser', () => {
  test('is told the name of the owner under its own secret, which the service cannot read', async () => {
    const { family, luz } = await withPerson()
    expect(await coverOf(family, luz)).toMatchObject({ kind: 'person', name: 'Ma. José' })
    expect(JSON.stringify(await dump(vaultOf(family)))).not.toContain('José')
  })

  test('is known by a token that presses nothing, and by a press key that reads nothing', async () => {
    const { family, luz } = await withPerson()
    const [token, key] = [tokenOf(family, luz), keyOf(family, luz)]
    expect((await press(family, newId(), { key: token })).text).toBe(UNKNOWN)
    expect((await ask('cover', { vault: family.vault, token: key })).text).toBe(UNKNOWN)
  })

  test('presses with its own delay, and the owner sees who it was', async () => {
    const { family, luz } = await withPerson(60_000)
    stopClock()
    const alert = newId()
    expect((await pressBy(family, luz, alert)).body).toMatchObject({ releaseInMs: 60_000 })
    expect(await presses(family)).toMatchObject([
      { press: alert, presser: toText(luz.id), state: 'counting', releaseInMs: 60_000, alert: null },
    ])
    await pass(family, 60_000)
    expect(await presses(family)).toMatchObject([{ state: 'open', releaseInMs: 0, alert }])
    expect(await alertsOf(family)).toMatchObject([
      { alert, presses: [{ presser: toText(luz.id), said: null }] },
    ])
  })

  test('who joins an alert stands beside the one who opened it, which is named first', async () => {
    const { family, luz } = await withPerson()
    stopClock()
    const first = newId()
    await pressBy(family, luz, first)
    await pass(family, 600_000)
    await press(family, newId())
    await pass(family, 5_000)
    const [alert] = await alertsOf(family)
    expect(alert?.presses.map(({ presser }) => presser)).toEqual(
      [luz, family.presser].map(({ id }) => toText(id)),
    )
  })
})

describe('a revocation', () => {
  test('takes effect at once: a revoked presser is answered like an unknown one, whatever it asks', async () => {
    const { family, luz } = await withPerson()
    const alert = newId()
    await pressBy(family, luz, alert)
    await revoke(family, 1)
    const stranger = newPresser()
    for (const presser of [luz, stranger]) {
      const [key, token] = [keyOf(family, presser), tokenOf(family, presser)]
      expect((await pressBy(family, presser, newId())).text).toBe(UNKNOWN)
      expect((await ask('cancel', { vault: family.vault, key, alert })).text).toBe(UNKNOWN)
      expect((await ask('status', { vault: family.vault, key, alert })).text).toBe(UNKNOWN)
      expect((await ask('cover', { vault: family.vault, token })).text).toBe(UNKNOWN)
      expect((await say(family, presser, alert, 0, toText(random(553)))).text).toBe(UNKNOWN)
    }
  })

  test('after the press: the press counts on and goes out, the owner is told of it and can stop it', async () => {
    const { family, luz } = await withPerson(60_000)
    stopClock()
    const [stays, stopped] = [newId(), newId()]
    await pressBy(family, luz, stays)
    await pressBy(family, luz, stopped)
    expect((await revoke(family, 1)).status).toBe(200)
    expect((await presses(family)).map(({ state }) => state)).toEqual(['counting', 'counting'])
    const key = keyOf(family, family.presser)
    expect((await ask('cancel', { vault: family.vault, key, alert: stopped })).body).toMatchObject({
      state: 'cancelled',
    })
    await pass(family, 60_000)
    const byPress = new Map((await presses(family)).map((one) => [one.press, one]))
    expect(byPress.get(stays)).toMatchObject({ presser: toText(luz.id), state: 'open' })
    expect(byPress.get(stopped)).toMatchObject({ state: 'cancelled' })
    const told = await Promise.all(family.contacts.map(({ address }) => mailsTo(address)))
    expect(told.map(({ length }) => length)).toEqual([1, 1])
  })

  test('and a press at the same moment: one of them is first, and both sides hear the same', async () => {
    for (const first of ['press', 'revocation'] as const) {
      const { family, luz } = await withPerson(60_000)
      const alert = newId()
      const race =
        first === 'press'
          ? [pressBy(family, luz, alert), revoke(family, 1)]
          : [revoke(family, 1), pressBy(family, luz, alert)]
      const answers = await Promise.all(race)
      const pressedAnswer = answers[first === 'press' ? 0 : 1]
      const list = await presses(family)
      if (pressedAnswer?.status === 200) {
        expect(PressAnswer.parse(pressedAnswer.body).state).toBe('counting')
        expect(list).toMatchObject([{ press: alert, state: 'counting' }])
      } else {
        expect(pressedAnswer?.text).toBe(UNKNOWN)
        expect(list).toEqual([])
      }
      expect((await pressBy(family, luz, newId())).text).toBe(UNKNOWN)
    }
  })

  test('leaves the other pressers as they are', async () => {
    const { family } = await withPerson()
    await revoke(family, 1)
    expect((await press(family, newId())).status).toBe(200)
  })
})

describe('a situation', () => {
  test('reaches who has opened a letter and the owner, each time as it was said last', async () => {
    const { family, luz } = await withPerson()
    const alert = newId()
    const { pressedAt } = PressAnswer.parse((await pressBy(family, luz, alert)).body)
    expect((await standing(family)).situations).toEqual([])
    await say(family, luz, alert, 0, sealed(family, luz, pressedAt, 'at the market'))
    await say(family, luz, alert, 1, sealed(family, luz, pressedAt, 'behind the market'))
    const { situations } = await standing(family)
    const vault = vaultIdOf(family.root)
    const open = (one: { presser: string; pressedAt: number; sealed: string }) =>
      openSituation(family.situation, vault, fromText(one.presser), one.pressedAt, fromText(one.sealed))
        ?.place
    expect(situations.map(open)).toEqual(['behind the market'])
    const [summary] = await alertsOf(family)
    expect(summary?.presses[0]?.said?.sealed).toBe(situations[0]?.sealed)
    expect(JSON.stringify(await dump(vaultOf(family)))).not.toContain('market')
  })

  test('is taken while the press counts, and stands with its alert', async () => {
    const { family, luz } = await withPerson(60_000)
    stopClock()
    const alert = newId()
    const { pressedAt } = PressAnswer.parse((await pressBy(family, luz, alert)).body)
    expect((await say(family, luz, alert, 0, sealed(family, luz, pressedAt, 'x'))).status).toBe(200)
    await pass(family, 60_000)
    expect((await standing(family)).situations).toHaveLength(1)
  })

  test('said again is answered as the first time; one that comes late changes nothing', async () => {
    const { family, luz } = await withPerson()
    const alert = newId()
    const { pressedAt } = PressAnswer.parse((await pressBy(family, luz, alert)).body)
    const [one, two] = await Promise.all(['one', 'two'].map((place) => sealed(family, luz, pressedAt, place)))
    await say(family, luz, alert, 0, one ?? '')
    expect((await say(family, luz, alert, 0, one ?? '')).body).toEqual({ ok: true })
    await say(family, luz, alert, 1, two ?? '')
    expect((await say(family, luz, alert, 0, one ?? '')).body).toEqual({ error: 'conflict', version: 2 })
    expect((await standing(family)).situations.map((said) => said.sealed)).toEqual([two])
  })

  test('is of its own presser alone: nobody writes of the press of another', async () => {
    const { family, luz } = await withPerson()
    const alert = newId()
    await pressBy(family, luz, alert)
    expect((await say(family, family.presser, alert, 0, toText(random(553)))).text).toBe(UNKNOWN)
    expect((await say(family, luz, newId(), 0, toText(random(553)))).text).toBe(UNKNOWN)
  })

  test('of a press that was taken back, of practice and after the all-clear is closed', async () => {
    const { family, luz } = await withPerson(60_000)
    const words = toText(random(553))
    const [cancelled, practice, cleared] = [newId(), newId(), newId()]
    await pressBy(family, luz, cancelled)
    await ask('cancel', { vault: family.vault, key: keyOf(family, luz), alert: cancelled })
    expect((await say(family, luz, cancelled, 0, words)).text).toBe(CLOSED)
    await pressBy(family, luz, practice, { practice: true })
    expect((await say(family, luz, practice, 0, words)).text).toBe(CLOSED)
    stopClock()
    await pressBy(family, luz, cleared)
    await pass(family, 60_000)
    await clear(family, cleared)
    expect((await say(family, luz, cleared, 0, words)).text).toBe(CLOSED)
  })

  test('goes when the owner takes the letters of its alert back', async () => {
    const { family, luz } = await withPerson()
    const alert = newId()
    const { pressedAt } = PressAnswer.parse((await pressBy(family, luz, alert)).body)
    const words = await sealed(family, luz, pressedAt, 'x')
    await say(family, luz, alert, 0, words)
    await clear(family, alert)
    expect(JSON.stringify(await dump(vaultOf(family)))).toContain(words)
    await done('withdraw', { vault: family.vault, token: family.token, alert })
    expect(JSON.stringify(await dump(vaultOf(family)))).not.toContain(words)
    expect((await alertsOf(family))[0]?.presses).toMatchObject([{ presser: toText(luz.id), said: null }])
  })

  test('is bounded: what is longer than a situation can be is refused', async () => {
    const { family, luz } = await withPerson()
    const alert = newId()
    await pressBy(family, luz, alert)
    expect((await say(family, luz, alert, 0, toText(random(2_090)))).body).toEqual({ error: 'malformed' })
    expect((await say(family, luz, alert, 0, toText(random(2_089)))).status).toBe(200)
  })

  test('of one presser cannot push out what another has written, however often it presses and writes', async () => {
    const { family, luz } = await withPerson()
    stopClock()
    const mine = newId()
    await press(family, mine)
    await pass(family, 5_000)
    const words = toText(random(553))
    expect((await say(family, family.presser, mine, 0, words)).body).toEqual({ ok: true })
    for (let presses = 0; presses < 2 * SHOWN_PRESSES_MAX; presses += 1) {
      const alert = newId()
      await pressBy(family, luz, alert)
      await pass(family, 600_000)
      expect((await say(family, luz, alert, 0, toText(random(553)))).body).toEqual({ ok: true })
    }
    const { situations } = await standing(family)
    expect(situations).toHaveLength(SHOWN_PRESSES_MAX)
    expect(situations.map(({ sealed }) => sealed)).toContain(words)
    const [alert] = await alertsOf(family)
    expect(alert?.presses).toHaveLength(SHOWN_PRESSES_MAX)
    expect(alert?.presses.map(({ said }) => said?.sealed)).toContain(words)
  })

  test('delays no press: how it stands is the same without one', async () => {
    const { family, luz } = await withPerson(60_000)
    stopClock()
    const alert = newId()
    await pressBy(family, luz, alert)
    await pass(family, 30_000)
    await say(family, luz, alert, 0, toText(random(553)))
    await pass(family, 30_000)
    expect((await status(family, alert)).status).toBe(200)
    expect(await presses(family)).toMatchObject([{ state: 'open' }])
  })
})
