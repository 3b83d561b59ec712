import { runInDurableObject } from 'cloudflare:test'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Posting } from '../../src/server/mailroom/posting.ts'
import { waitMs } from '../../src/server/windows.ts'
import { alerts, committed, done, mailsTo, press, pressed, status } from './api.ts'
import { accept } from './consent.ts'
import { commitOf, type Family, newFamily, newId, random } from './family.ts'
import { dump, mailroom, pass, settle, startClock, stopClock } from './time.ts'

const DAY_MS = 86_400_000

beforeEach(stopClock)
afterEach(startClock)

const subjects = async (address: string) => {
  const mails = (await mailsTo(address)).filter(({ subject }) => subject !== 'Your code')
  const alertMails = mails.filter(({ text }) => text.includes('/letter#'))
  return { alerts: alertMails.length, clears: mails.length - alertMails.length }
}

/** Press, all-clear, press, all-clear … */
const pressOften = async (family: Family, times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) {
    const alert = await pressed(family)
    await settle(family)
    await done('clear', { vault: family.vault, token: family.token, alert, key: null })
    await settle(family)
  }
}

/** What a vault would hand over, straight to the mailroom. */
const posting = (address: string, changes: Partial<Posting> = {}): Posting => ({
  delivery: newId(),
  vault: newId(),
  contact: newId(),
  stop: newId(),
  group: `${newId()}.alert.1`,
  priority: 'alert',
  reminder: false,
  address,
  subject: 'An alert',
  text: 'with /letter#',
  html: '',
  ...changes,
})
const enqueue = async (...postings: Posting[]): Promise<void> => {
  await mailroom().enqueue(postings)
  await settle({ vault: newId() })
}

describe('who presses twenty times', () => {
  test('reaches an address that has not accepted three times a day, each with its all-clear; the owner sees why', async () => {
    const family = await committed()
    const [ana] = family.contacts
    await pressOften(family, 20)
    expect(await subjects(ana!.address)).toEqual({ alerts: 3, clears: 3 })
    const [newest] = await alerts(family)
    expect(newest!.contacts).toContainEqual(expect.objectContaining({ state: 'refused', reason: 'cap' }))
    await pass(family, DAY_MS)
    await pressOften(family, 1)
    expect(await subjects(ana!.address)).toEqual({ alerts: 4, clears: 4 })
  })

  test('reaches one who has accepted every time, and the other contact no oftener for it', async () => {
    const family = await committed()
    const [ana, ben] = family.contacts
    await accept(family, ana!)
    await pressOften(family, 20)
    expect(await subjects(ana!.address)).toEqual({ alerts: 20, clears: 20 })
    expect(await subjects(ben!.address)).toEqual({ alerts: 3, clears: 3 })
  })

  test('is not said to be well to whom the alert never reached', async () => {
    const family = await committed()
    const [ana] = family.contacts
    await enqueue(...[1, 2, 3].map(() => posting(ana!.address)))
    const before = await mailsTo(ana!.address)
    expect(before).toHaveLength(3)
    await pressOften(family, 1)
    expect(await mailsTo(ana!.address)).toEqual(before)
  })

  test('is heard also while the counts are out of order', async () => {
    const family = await committed()
    const rename = (from: string, to: string) =>
      runInDurableObject(mailroom() as never, (_: unknown, { storage }: DurableObjectState) => {
        storage.sql.exec(`ALTER TABLE ${from} RENAME TO ${to}`)
      })
    await rename('counted', 'kept_counted')
    await rename('accepted', 'kept_accepted')
    const alert = await pressed(family)
    await settle(family)
    await rename('kept_counted', 'counted')
    await rename('kept_accepted', 'accepted')
    expect(await mailsTo(family.contacts[0]!.address)).toHaveLength(1)
    await settle(family)
    expect((await status(family, alert)).body.counts).toMatchObject({ sent: 2 })
  })

  test('every day: ten times in thirty days, and then again', async () => {
    const address = 'everyday@example.org'
    for (let day = 0; day < 29; day += 1) {
      await enqueue(posting(address))
      vi.setSystemTime(Date.now() + DAY_MS)
    }
    expect(await subjects(address)).toEqual({ alerts: 10, clears: 0 })
    vi.setSystemTime(Date.now() + DAY_MS)
    await enqueue(posting(address))
    expect(await subjects(address)).toEqual({ alerts: 11, clears: 0 })
    await pass({ vault: newId() }, 31 * DAY_MS)
    expect((await dump(mailroom())).counted).toEqual([])
  })
})

describe('one address', () => {
  test('is one at Gmail too, however many dots it is written with', async () => {
    const spellings = ['a.neighbour@gmail.com', 'an.eigh.bour@GoogleMail.com', 'aneighbour+x@gmail.com']
    for (let vault = 0; vault < 12; vault += 1) await enqueue(posting(spellings[vault % 3]!))
    const reached = await Promise.all(spellings.map((one) => mailsTo(one)))
    expect(reached.flat()).toHaveLength(3)
    for (const other of ['a.other@example.org', 'ao.ther@example.org']) await enqueue(posting(other))
    const apart = await Promise.all(['a.other@example.org', 'ao.ther@example.org'].map((one) => mailsTo(one)))
    expect(apart.flat()).toHaveLength(2)
  })

  test('harassed from many vaults, in many spellings: three in a day from all of them together', async () => {
    const name = `a${Date.now()}`
    const spellings = [`${name}@example.org`, `${name.toUpperCase()}@example.org`, `${name}+x@example.org`]
    for (let vault = 0; vault < 12; vault += 1) await enqueue(posting(spellings[vault % 3]!))
    const reached = await Promise.all(spellings.slice(0, 3).map((one) => mailsTo(one)))
    expect(new Set(reached.flat().map(({ id }) => id)).size).toBe(3)
  })

  test('shared by twelve contacts of one family: one press counts twelve times', async () => {
    const family = newFamily()
    const [ana] = family.contacts
    family.contacts = Array.from({ length: 12 }, () => ({
      ...ana!,
      ...{ id: random(16), letter: random(16), stop: random(16), invitation: random(16) },
    }))
    await done('commit', commitOf(family))
    await pressed(family)
    await settle(family)
    expect(await subjects(ana!.address)).toEqual({ alerts: 3, clears: 0 })
    const [alert] = await alerts(family)
    const states = (alert!.contacts as { reason: string | null }[]).map(({ reason }) => reason)
    expect(states.filter((reason) => reason === 'cap')).toHaveLength(9)
  })

  test('accepted for one owner is capped for a stranger, who cannot use up what that owner may send', async () => {
    const family = await committed()
    const [ana] = family.contacts
    await accept(family, ana!)
    for (let time = 0; time < 10; time += 1) await enqueue(posting(ana!.address))
    expect(await subjects(ana!.address)).toEqual({ alerts: 3, clears: 0 })
    await pressed(family)
    await settle(family)
    expect(await subjects(ana!.address)).toEqual({ alerts: 4, clears: 0 })
  })

  test('a message that was stopped, or that is handed over twice, does not count', async () => {
    const address = 'stopped@example.org'
    const stopping = posting(address)
    await enqueue(stopping)
    const { vault, contact: id, stop: token } = stopping
    await mailroom().stop({ vault, id, token, scope: 'owner' })
    for (let time = 0; time < 5; time += 1) await enqueue(posting(address, { vault }))
    const twice = posting(address)
    await enqueue(twice)
    await enqueue(twice)
    await enqueue(posting(address))
    expect(await subjects(address)).toEqual({ alerts: 3, clears: 0 })
    await enqueue(posting(address))
    expect(await subjects(address)).toEqual({ alerts: 3, clears: 0 })
  })
})

test('forty workers behind one Wi-Fi press in one minute: each is received, and each reaches who has accepted', async () => {
  const network = '198.51.100.40'
  const workers: Family[] = []
  for (let worker = 0; worker < 40; worker += 1) workers.push(await committed())
  // The union’s lawyer is a contact of each.
  const lawyer = 'lawyer@example.org'
  for (const family of workers) {
    family.contacts[1] = { ...family.contacts[1]!, address: lawyer }
    await done('commit', commitOf(family, 1))
    await accept(family, family.contacts[0]!)
    // She answers on a day of her own: codes are limited by address.
    vi.setSystemTime(Date.now() + 6 * 3_600_000)
    await accept(family, family.contacts[1]!)
  }
  const received: number[] = []
  for (const family of workers) {
    received.push((await press(family, newId(), {}, network)).status)
    vi.setSystemTime(Date.now() + 1_500)
  }
  expect(received).toEqual(Array.from({ length: 40 }, () => 200))
  for (const family of workers) await settle(family)
  for (const { contacts } of workers) {
    expect(await subjects(contacts[0]!.address)).toEqual({ alerts: 1, clears: 0 })
  }
  expect(await subjects(lawyer)).toEqual({ alerts: 40, clears: 0 })
})

describe('a window', () => {
  const windows = [
    { max: 3, ms: 100 },
    { max: 5, ms: 1_000 },
  ]

  test('never lets more through than it says, and always lets one through when it says', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 60 }), (pauses) => {
        const times: number[] = []
        let now = 0
        for (const pause of pauses) {
          now += pause
          const wait = waitMs(times, windows, now)
          if (wait > 0) {
            expect(waitMs(times, windows, now + wait - 1)).toBeGreaterThan(0)
            expect(waitMs(times, windows, now + wait)).toBe(0)
          } else times.push(now)
          for (const { max, ms } of windows) {
            expect(times.filter((at) => at > now - ms).length).toBeLessThanOrEqual(max)
          }
        }
      }),
    )
  })
})
