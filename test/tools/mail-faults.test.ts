import { beforeAll, describe, expect, test } from 'vitest'
import { faultCampaign, type Row, tableOf } from '../../bench/mailroom/faults.ts'

/** The campaign of bench/faults.ts, smaller: the mailroom's own rules and store, in virtual time. */
const SIZE = { alerts: 100, contacts: 5, seed: 7 }
let rows: Row[]
beforeAll(async () => {
  rows = await faultCampaign(SIZE)
})
const rowOf = (words: string): Row => {
  const row = rows.find(({ name }) => name.includes(words))
  if (row === undefined) throw new Error(`no row: ${words}`)
  return row
}

describe('alerts before a provider with faults', () => {
  test.each([
    'no faults',
    '30 % of requests',
    'killed 100 times',
  ])('every message is accepted exactly once, and the vault is told so: %s', (words) => {
    expect(rowOf(words)).toMatchObject({ messages: 500, once: 500, oftener: 0, never: 0, untrue: 0 })
  })

  test('the faults were there', () => {
    const { faults, requests } = rowOf('30 % of requests')
    expect(faults / requests).toBeGreaterThan(0.2)
    expect(rowOf('no faults').faults).toBe(0)
  })

  test('one bad address or message holds no other one up, and its vault is told', () => {
    expect(rowOf('bad addresses')).toMatchObject({
      ...{ once: 490, oftener: 0, never: 10, untrue: 0, told: '10 refused address' },
    })
    expect(rowOf('bad messages')).toMatchObject({
      ...{ once: 499, oftener: 0, never: 1, untrue: 0, told: '1 refused provider' },
    })
  })

  test('a used-up quota delays messages to the next day, and loses or repeats none', () => {
    const row = rowOf('quota')
    expect(row).toMatchObject({ once: 500, oftener: 0, never: 0, untrue: 0 })
    expect(row.lastMs).toBeGreaterThan(2 * 3_600_000)
  })

  test('answers lost past the life of a key: an alert is rather repeated than lost, a drill rather lost than repeated', () => {
    expect(rowOf('25 hours: alerts')).toMatchObject({ once: 0, oftener: 10, never: 0, untrue: 0 })
    expect(rowOf('25 hours: drills')).toMatchObject({ once: 10, oftener: 0, never: 0 })
  })

  test('what could not be sent for two days is given up, and its vault is told', () => {
    expect(rowOf('49 hours')).toMatchObject({
      once: 0,
      oftener: 0,
      never: 10,
      told: '10 refused expired',
      untrue: 0,
    })
  })

  test('comes again with its seed', async () => {
    expect(tableOf(await faultCampaign(SIZE))).toBe(tableOf(rows))
  })
})
