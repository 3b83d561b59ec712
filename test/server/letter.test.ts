import { afterEach, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { LetterAnswer } from '../../src/protocol/letter.ts'
import { alerts, ask, clear, committed, done, pressed, status } from './api.ts'
import {
  commitOf,
  type Family,
  type FamilyContact,
  gateToken,
  newFamily,
  newId,
  newKey,
  receiptToken,
} from './family.ts'
import { dump, pass, settle, startClock, stopClock, vaultOf } from './time.ts'

const UNKNOWN = '{"error":"unknown"}'
const contacts = (family: Family) => family.contacts as [FamilyContact, FamilyContact]
const read = (family: Family, { letter }: FamilyContact) =>
  ask('letter', { vault: family.vault, letter: toText(letter) })
/** From one and the same network, unless another is named. */
const word = (family: Family, { letter }: FamilyContact, gate: string, version = 1, from = '192.0.2.1') =>
  ask('word', { vault: family.vault, letter: toText(letter), version, gate }, from)
const receipt = (family: Family, { letter }: FamilyContact, token: string, version = 1) =>
  ask('receipt', { vault: family.vault, letter: toText(letter), version, token, kind: 'opened' })

afterEach(startClock)

describe('reading', () => {
  test('before an alert, while it counts, of no letter, of no vault: the same answer, byte for byte', async () => {
    const family = await committed(5_000)
    stopClock()
    const [ana] = contacts(family)
    const answers = [await read(family, ana), await ask('letter', { vault: family.vault, letter: newId() })]
    await pressed(family)
    answers.push(await read(family, ana), await read(newFamily(), ana))
    answers.push(
      await word(family, ana, gateToken(family, ana)),
      await receipt(family, ana, receiptToken(family, ana)),
    )
    const seen = answers.map(({ status: code, text, headers }) =>
      JSON.stringify([code, text, [...headers].sort()]),
    )
    expect(new Set(seen).size).toBe(1)
    expect(answers[0]!.text).toBe(UNKNOWN)
  })

  test('after the release: the sealed letter and its locks, without what the gate keeps', async () => {
    const family = newFamily()
    const request = commitOf(family)
    await done('commit', request)
    const alert = await pressed(family)
    const [ana, ben] = contacts(family)
    const letter = LetterAnswer.parse((await read(family, ana)).body)
    expect(letter.sealed).toBe(request.letters[0]!.sealed)
    expect(letter.locks).toEqual([{ kind: 'word', hint: expect.any(String) }])
    expect(letter.alert).toMatchObject({ state: 'open', closedAt: null })
    expect(LetterAnswer.parse((await read(family, ben)).body).locks).toEqual(request.letters[1]!.locks)
    await clear(family, alert)
    expect(LetterAnswer.parse((await read(family, ana)).body).alert.state).toBe('cleared')
  })

  test('reading changes nothing', async () => {
    const family = await committed()
    stopClock()
    await pressed(family)
    await settle(family)
    const before = await dump(vaultOf(family))
    const [ana, ben] = contacts(family)
    await read(family, ana)
    await read(family, ben)
    expect(await dump(vaultOf(family))).toEqual(before)
  })

  test('an edit shows after the next release only; the version that was released last is given out', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    const alert = await pressed(family)
    await done('commit', commitOf(family, 1))
    expect((await read(family, ana)).body.version).toBe(1)
    await clear(family, alert)
    await pass(family, 1_000)
    await pressed(family)
    expect((await read(family, ana)).body.version).toBe(2)
    expect((await word(family, ana, gateToken(family, ana), 1)).status).toBe(200)
    await pass(family, 120_000)
    expect((await read(family, ana)).status).toBe(200)
  })
})

describe('the family word', () => {
  test('the right token gets the wrapped key; a wrong one is told from a damaged link', async () => {
    const family = newFamily()
    const request = commitOf(family)
    await done('commit', request)
    await pressed(family)
    const [ana, ben] = contacts(family)
    const wrong = await word(family, ana, newKey())
    expect(wrong.status).toBe(403)
    expect(wrong.body).toEqual({ error: 'wrong-word', waitMs: 0 })
    const right = await word(family, ana, gateToken(family, ana))
    expect(right.body).toEqual({ ok: true, wrapped: request.letters[0]!.locks[0]!.wrapped })
    expect((await word(family, ben, gateToken(family, ben))).text).toBe(UNKNOWN)
    expect((await word(family, ana, gateToken(family, ana), 2)).text).toBe(UNKNOWN)
  })

  test('guesses are made to wait, longer each time, and never for good', async () => {
    const family = await committed()
    stopClock()
    await pressed(family)
    const [ana] = contacts(family)
    for (const waitMs of [0, 0, 0, 2_000]) {
      expect((await word(family, ana, newKey())).body).toEqual({ error: 'wrong-word', waitMs })
    }
    const early = await word(family, ana, gateToken(family, ana))
    expect(early.status).toBe(429)
    expect(early.body).toEqual({ error: 'wait', waitMs: 2_000 })
    for (const [before, waitMs] of [
      [2_000, 4_000],
      [4_000, 8_000],
      [8_000, 16_000],
      [16_000, 32_000],
      [32_000, 60_000],
      [60_000, 60_000],
    ]) {
      await pass(family, before!)
      expect((await word(family, ana, newKey())).body).toEqual({ error: 'wrong-word', waitMs })
    }
    await pass(family, 60_000)
    expect((await word(family, ana, gateToken(family, ana))).status).toBe(200)
    expect((await word(family, ana, newKey())).body).toEqual({ error: 'wrong-word', waitMs: 0 })
  })

  test('the same wrong word again costs nothing', async () => {
    const family = await committed()
    await pressed(family)
    const [ana] = contacts(family)
    const wrong = newKey()
    for (let time = 0; time < 12; time += 1) {
      expect((await word(family, ana, wrong)).body).toEqual({ error: 'wrong-word', waitMs: 0 })
    }
  })

  test('of many guesses at once no more than four are looked at', async () => {
    const family = await committed()
    stopClock()
    await pressed(family)
    const [ana] = contacts(family)
    const answers = await Promise.all(Array.from({ length: 20 }, () => word(family, ana, newKey())))
    expect(answers.filter(({ body }) => body.error === 'wrong-word')).toHaveLength(4)
  })

  test('who guesses on one network does not keep the family on another out', async () => {
    const family = await committed()
    stopClock()
    await pressed(family)
    const [ana] = contacts(family)
    for (let time = 0; time < 20; time += 1) await word(family, ana, newKey(), 1, '198.51.100.9')
    expect((await word(family, ana, gateToken(family, ana), 1, '198.51.100.9')).body.error).toBe('wait')
    expect((await word(family, ana, gateToken(family, ana), 1, '203.0.113.5')).status).toBe(200)
  })
})

describe('the receipt', () => {
  test('only who opened the letter can give it; the first one counts', async () => {
    const family = await committed()
    stopClock()
    const alert = await pressed(family)
    await settle(family)
    const [ana] = contacts(family)
    expect((await receipt(family, ana, newKey())).text).toBe(UNKNOWN)
    expect((await receipt(family, ana, receiptToken(family, ana), 2)).text).toBe(UNKNOWN)
    const openedAt = Date.now()
    expect((await receipt(family, ana, receiptToken(family, ana))).body).toEqual({ ok: true })
    await pass(family, 60_000)
    expect((await receipt(family, ana, receiptToken(family, ana))).body).toEqual({ ok: true })
    const [one] = await alerts(family)
    const contact = (one!.contacts as { contact: string; openedAt: number }[]).find(
      ({ contact: id }) => id === toText(ana.id),
    )
    expect(contact?.openedAt).toBe(openedAt)
    expect((await status(family, alert)).body.counts).toMatchObject({ contacts: 2, sent: 2, opened: 1 })
  })
})
