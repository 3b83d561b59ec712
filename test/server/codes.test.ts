import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CODE_LIFE_MS } from '../../src/protocol/limits.ts'
import { isRight } from '../../src/server/mailroom/codes.ts'
import { committed, mailsTo, pressed } from './api.ts'
import { accept, askCode, CODE, codePosting, confirm, postingOf } from './consent.ts'
import { askCode as askFor } from './contact.ts'
import { newId } from './family.ts'
import { dump, evict, mailroom, pass, settle, startClock, stopClock, withEnv } from './time.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const OK = { ok: true }
const slow = (waitMs: number) => ({ error: 'slow-down', waitMs })
const mailed = async (address: string): Promise<number> => {
  await settle({ vault: newId() })
  return (await mailsTo(address)).length
}
const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

beforeEach(stopClock)
afterEach(startClock)

describe('a code', () => {
  test('is mailed, and right once it comes back, also when that is asked twice', async () => {
    const posting = codePosting()
    expect(await askCode(posting)).toEqual(OK)
    expect(await mailed(posting.address)).toBe(1)
    expect(await confirm(posting)).toBe('right')
    expect(await confirm(posting)).toBe('right')
  })

  test('is wrong for another address, contact or vault, and where none was asked for', async () => {
    const posting = codePosting()
    await askCode(posting)
    for (const changes of [{ address: 'other@example.org' }, { contact: newId() }, { vault: newId() }])
      expect(await confirm({ ...posting, ...changes })).toBe('wrong')
    expect(await confirm({ ...posting, address: posting.address.toUpperCase() })).toBe('right')
  })

  test('after five wrong tries the right one is wrong too, for good; a new one begins anew', async () => {
    const posting = codePosting()
    await askCode(posting)
    for (const wrong of ['000000', '000001', '000002', '000003'])
      expect(await confirm(posting, wrong)).toBe('wrong')
    expect(await confirm(posting)).toBe('right')
    expect(await confirm(posting, '000004')).toBe('wrong')
    expect(await confirm(posting)).toBe('wrong')
    await askCode({ ...posting, code: '654321' })
    expect(await confirm(posting, '654321')).toBe('right')
  })

  test('a new one ends the one before', async () => {
    const posting = codePosting()
    await askCode(posting)
    await askCode({ ...posting, code: '654321' })
    expect(await confirm(posting)).toBe('wrong')
    expect(await confirm(posting, '654321')).toBe('right')
  })

  test('is taken for half an hour, and erased then', async () => {
    const [first, second] = [codePosting(), codePosting()]
    await askCode(first)
    await askCode(second)
    later(CODE_LIFE_MS - 1)
    expect(await confirm(first)).toBe('right')
    later(1)
    expect(await confirm(second)).toBe('wrong')
    await settle(first)
    expect((await dump(mailroom())).codes).toEqual([])
  })

  test.each([
    ['another code', 'b'.repeat(43), 0, 1, false],
    ['the fifth try', 'a'.repeat(43), 4, 1, true],
    ['the sixth try', 'a'.repeat(43), 5, 1, false],
    ['its last moment', 'a'.repeat(43), 0, CODE_LIFE_MS - 1, true],
    ['too old', 'a'.repeat(43), 0, CODE_LIFE_MS, false],
  ])('%s', (_, tried, tries, now, right) => {
    expect(isRight({ code: 'a'.repeat(43), tries, at: 0 }, tried, now)).toBe(right)
  })

  test('neither the code nor the address nor the vault stands anywhere once the mail is out', async () => {
    const posting = codePosting({ code: '918273' })
    await askCode(posting)
    expect(await mailed(posting.address)).toBe(1)
    await confirm(posting, '918273')
    const { outbox: _, ...kept } = await dump(mailroom())
    for (const secret of ['918273', posting.address, posting.vault, posting.contact, posting.stop])
      expect(JSON.stringify({ ...kept, secret: [] })).not.toContain(secret)
    expect(kept.accepted).toContainEqual(expect.objectContaining({ at: Date.now() }))
  })

  test('that nothing can be sent with is not promised', async () => {
    const family = await committed()
    const [ana] = family.contacts
    const takeBack = withEnv({ AMPARO_LOCAL: undefined })
    const refused = await askFor(family, ana!)
    takeBack()
    expect([refused.status, refused.body]).toEqual([
      403,
      { error: 'not-configured', missing: ['RESEND_API_KEY', 'AMPARO_FROM'] },
    ])
    expect(await mailed(ana!.address)).toBe(0)
    expect((await askFor(family, ana!)).body).toEqual(OK)
  })

  test('no vault is told how its mail went', async () => {
    await askCode(codePosting())
    const takeBack = withEnv({ AMPARO_LOCAL: undefined })
    await evict(mailroom())
    await askCode(codePosting())
    takeBack()
    const { messages, reports } = await dump(mailroom())
    expect(messages).toContainEqual(expect.objectContaining({ state: 'queued', reason: 'not-configured' }))
    expect(reports).toEqual([])
    await evict(mailroom())
  })

  test('that could not be sent in its time is not sent afterwards', async () => {
    const posting = codePosting()
    const takeBack = withEnv({ AMPARO_LOCAL: undefined })
    await evict(mailroom())
    await askCode(posting)
    takeBack()
    await evict(mailroom())
    later(CODE_LIFE_MS)
    expect(await mailed(posting.address)).toBe(0)
    expect((await dump(mailroom())).messages).not.toContainEqual(expect.objectContaining({ state: 'queued' }))
  })
})

describe('codes to one address', () => {
  test('from many vaults: three an hour and six a day, in any spelling of it', async () => {
    const address = 'neighbour@example.org'
    const ask = (spelling = address) => askCode(codePosting({ address: spelling }))
    for (const spelling of [address, 'Neighbour@example.org', 'neighbour+amparo@example.org'])
      expect(await ask(spelling)).toEqual(OK)
    expect(await ask()).toEqual(slow(HOUR_MS))
    later(HOUR_MS)
    for (let time = 0; time < 3; time += 1) expect(await ask()).toEqual(OK)
    later(HOUR_MS)
    expect(await ask()).toEqual(slow(DAY_MS - 2 * HOUR_MS))
    later(DAY_MS - 2 * HOUR_MS)
    expect(await ask()).toEqual(OK)
    expect(await askCode(codePosting())).toEqual(OK)
  })

  test('of one vault: twenty a day, also if it is deleted and made again between', async () => {
    const vault = newId()
    for (let time = 0; time < 20; time += 1) expect(await askCode(codePosting({ vault }))).toEqual(OK)
    await mailroom().drop(vault)
    expect(await askCode(codePosting({ vault }))).toEqual(slow(DAY_MS))
    expect(await askCode(codePosting())).toEqual(OK)
    later(DAY_MS)
    expect(await askCode(codePosting({ vault }))).toEqual(OK)
  })

  test('of one contact, whatever the address: eight a day, and the others of the vault have theirs', async () => {
    const { vault, contact } = codePosting()
    for (let time = 0; time < 8; time += 1) expect(await askCode(codePosting({ vault, contact }))).toEqual(OK)
    expect(await askCode(codePosting({ vault, contact }))).toEqual(slow(DAY_MS))
    expect(await askCode(codePosting({ vault }))).toEqual(OK)
    later(DAY_MS)
    expect(await askCode(codePosting({ vault, contact }))).toEqual(OK)
  })

  test('of contacts who ask for all they can: every other contact has its first one, and the owner hers', async () => {
    const { vault } = codePosting()
    const ask = (contact: string) => askCode(codePosting({ vault, contact }))
    const [greedy, other, third, fourth] = [newId(), newId(), newId(), newId()]
    for (let time = 0; time < 8; time += 1) expect(await ask(greedy)).toEqual(OK)
    expect([await ask(other), await ask(other)]).toEqual([OK, OK])
    expect(await ask(other)).toEqual(slow(DAY_MS))
    expect([await ask(third), await ask(fourth)]).toEqual([OK, OK])
    expect(await ask(third)).toEqual(slow(DAY_MS))
    const hers = () => askCode(codePosting({ vault, asker: 'owner' }))
    for (let time = 0; time < 8; time += 1) expect(await hers()).toEqual(OK)
    expect(await hers()).toEqual(slow(DAY_MS))
  })

  test('an address that said "never again" is mailed none, and nobody who asks can tell', async () => {
    const posting = codePosting()
    await askCode(posting)
    const stop = { vault: posting.vault, id: posting.contact, token: posting.stop, scope: 'all' as const }
    expect(await mailroom().stop(stop)).toEqual(OK)
    const before = await mailed(posting.address)
    const answers: unknown[] = []
    const open: unknown[] = []
    const stranger = codePosting()
    for (let time = 0; time < 4; time += 1) {
      answers.push(await askCode(codePosting({ address: posting.address })))
      open.push(await askCode(codePosting({ address: stranger.address })))
    }
    expect(open).toEqual([OK, OK, OK, slow(HOUR_MS)])
    // One more was asked for, and got, before.
    expect(answers).toEqual([OK, OK, slow(HOUR_MS), slow(HOUR_MS)])
    expect(await mailed(posting.address)).toBe(before)
  })

  test('the stop link in its mail works, and ends the code', async () => {
    const posting = codePosting()
    await askCode(posting)
    const stop = { vault: posting.vault, id: posting.contact, token: posting.stop, scope: 'all' as const }
    expect(await mailroom().stop(stop)).toEqual(OK)
    expect(await confirm(posting)).toBe('wrong')
    const before = await mailed(posting.address)
    await askCode(posting)
    expect(await mailed(posting.address)).toBe(before)
  })
})

describe('who leaves', () => {
  const who = (family: Awaited<ReturnType<typeof committed>>) => ({
    vault: family.vault,
    contact: postingOf(family, family.contacts[0]!).contact,
  })

  test('gets nothing more from this owner, in any of the addresses that were confirmed; others are told as ever', async () => {
    const family = await committed()
    const [ana, ben] = family.contacts
    await accept(family, ana!)
    await mailroom().leave(who(family))
    const before = await mailed(ana!.address)
    await pressed(family)
    await settle(family)
    expect(await mailed(ana!.address)).toBe(before)
    expect(await mailed(ben!.address)).toBe(1)
    const other = await committed()
    expect(await askCode({ ...postingOf(other, ana!), vault: other.vault })).toEqual(OK)
    expect(await mailed(ana!.address)).toBe(before + 1)
  })

  test('stops what waits, whatever the address, and leaves the other contact’s to go out', async () => {
    const family = await committed()
    const [ana, ben] = family.contacts
    const takeBack = withEnv({ AMPARO_LOCAL: undefined })
    await evict(mailroom())
    await pressed(family)
    await settle(family)
    await mailroom().leave(who(family))
    takeBack()
    await evict(mailroom())
    await pass(family, 600_000)
    expect([(await mailsTo(ana!.address)).length, (await mailsTo(ben!.address)).length]).toEqual([0, 1])
    const { counted } = await dump(mailroom())
    expect(counted!.filter(({ kind, at }) => kind === 'alert' && at === Date.now() - 600_000)).toHaveLength(1)
  })
})

test('a deleted vault leaves no code and nobody accepted, but every "never again"', async () => {
  const family = await committed()
  const [ana, ben] = family.contacts
  await accept(family, ana!)
  await accept(family, ben!)
  await mailroom().leave({ vault: family.vault, contact: postingOf(family, ana!).contact })
  const before = await dump(mailroom())
  await mailroom().drop(family.vault)
  const after = await dump(mailroom())
  expect(after.suppressed).toEqual(before.suppressed)
  expect(before.accepted!.length - after.accepted!.length).toBe(1)
  expect(before.codes!.length - after.codes!.length).toBe(1)
  expect(await confirm(postingOf(family, ben!), CODE)).toBe('wrong')
})
