import { afterEach, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import type { Posting } from '../../src/server/mailroom/posting.ts'
import { alerts, ask, clear, committed, done, eventually, mailsTo, pressed, status } from './api.ts'
import {
  accept,
  askCode,
  codeFrom,
  invitationOf,
  invited,
  leave,
  sealedAnswer,
  standings,
} from './contact.ts'
import { commitOf, type Family, type FamilyContact, pressKey, random } from './family.ts'
import {
  bindings,
  dump,
  evict,
  mailroom,
  pass,
  settle,
  startClock,
  stopClock,
  vaultOf,
  withEnv,
} from './time.ts'

const UNREACHABLE = {
  idFromName: () => null,
  get: () => ({
    enqueue: () => Promise.reject(new Error('unreachable')),
    leave: () => Promise.reject(new Error('unreachable')),
  }),
}
const contacts = (family: Family) => family.contacts as [FamilyContact, FamilyContact]
const progressOf = async (family: Family, { id }: FamilyContact) => {
  const [alert] = (await alerts(family)) as { contacts: { contact: string }[] }[]
  return alert!.contacts.find(({ contact }) => contact === toText(id))
}
const stop = (family: Family, { id, stop: token }: FamilyContact) =>
  ask('stop', { vault: family.vault, id: toText(id), token: toText(token), scope: 'owner' })

const reinvite = (family: Family) => {
  const [ana, ben] = contacts(family)
  return done('commit', commitOf({ ...family, contacts: [{ ...ana, invitation: random(16) }, ben] }, 1))
}
const remove = ({ vault, token }: Family) => done('delete', { vault, token })

afterEach(startClock)

describe.each([
  ['leaves by the invitation', leave],
  ['stops with the token in the invitation', stop],
] as const)('a contact who %s', (_, goes) => {
  test('during an alert gets neither its next wave nor its all-clear, while the others do', async () => {
    const family = await committed()
    stopClock()
    const [ana, ben] = contacts(family)
    const alert = await pressed(family)
    await settle(family)
    expect(await mailsTo(ana.address)).toHaveLength(1)
    expect((await goes(family, ana)).text).toBe('{"ok":true}')
    await pass(family, 600_000)
    await pressed(family)
    await settle(family)
    expect(await progressOf(family, ana)).toMatchObject({ state: 'refused', reason: 'stopped' })
    expect((await status(family, alert)).body.counts).toMatchObject({ contacts: 2, sent: 1, refused: 1 })
    await clear(family, alert)
    await settle(family)
    expect(await mailsTo(ana.address)).toHaveLength(1)
    expect(await mailsTo(ben.address)).toHaveLength(3)
    expect((await dump(vaultOf(family))).holds).toEqual([])
  })

  test('is not told of the end of an expired alert either', async () => {
    const family = await committed()
    stopClock()
    const [ana, ben] = contacts(family)
    const alert = await pressed(family)
    await settle(family)
    await pass(family, 86_400_000)
    await goes(family, ana)
    expect((await clear(family, alert, pressKey(family))).status).toBe(200)
    await settle(family)
    expect([await mailsTo(ana.address), await mailsTo(ben.address)].map(({ length }) => length)).toEqual([
      1, 2,
    ])
  })

  test('gets nothing that was not handed over yet, and the owner sees why', async () => {
    const family = await committed()
    stopClock()
    const [ana, ben] = contacts(family)
    const takeBack = withEnv({
      MAILROOM: {
        ...UNREACHABLE,
        get: () => ({
          ...UNREACHABLE.get(),
          stop: async () => ({ error: 'unknown' }),
          leave: async () => {},
        }),
      },
    })
    await evict(vaultOf(family))
    const alert = await pressed(family)
    await settle(family)
    expect((await goes(family, ana)).text).toBe('{"ok":true}')
    expect(await progressOf(family, ana)).toMatchObject({ state: 'refused', reason: 'stopped' })
    takeBack()
    await evict(vaultOf(family))
    await pass(family, 120_000)
    expect([await mailsTo(ana.address), await mailsTo(ben.address)].map(({ length }) => length)).toEqual([
      0, 1,
    ])
    expect((await status(family, alert)).body.counts).toMatchObject({ sent: 1, refused: 1 })
  })

  test('gets nothing in alerts that come later, and may still read the letter by the invitation', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    await goes(family, ana)
    await evict(vaultOf(family))
    const alert = await pressed(family)
    await settle(family)
    expect(await mailsTo(ana.address)).toEqual([])
    expect((await status(family, alert)).body.counts).toMatchObject({ contacts: 2, sent: 1, refused: 1 })
    const { letters, state } = await invitationOf(family, ana)
    expect([letters, state]).toMatchObject([[{ letter: toText(ana.letter) }], 'left'])
    expect((await ask('letter', { vault: family.vault, letter: toText(ana.letter) })).status).toBe(200)
  })

  test('leaves as often as one likes; the first time is what the owner sees', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    await goes(family, ana)
    const at = Date.now()
    const [before] = await standings(family)
    expect(before).toMatchObject({ state: 'left', at })
    await pass(family, 60_000)
    expect((await goes(family, ana)).text).toBe('{"ok":true}')
    expect((await standings(family))[0]).toEqual(before)
  })
})

describe('leaving', () => {
  test('ends with the next answer, and not with an old one that comes again', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    const old = { sealed: sealedAnswer(family, ana, 1) }
    await accept(family, ana, 0, old)
    await leave(family, ana)
    expect((await accept(family, ana, 0, old)).status).toBe(200)
    expect((await invitationOf(family, ana)).state).toBe('left')
    expect((await accept(family, ana, 1)).status).toBe(200)
    expect((await invitationOf(family, ana)).state).toBe('accepted')
    await pressed(family)
    await settle(family)
    expect(await mailsTo(ana.address)).toHaveLength(1)
  })

  test('cuts nobody off from another owner, who holds no secret of it: also not by one who holds the contact’s', async () => {
    const family = await committed()
    const other = await committed()
    stopClock()
    const [ana] = contacts(family)
    other.contacts = [{ ...contacts(other)[0], address: ana.address }]
    await done('commit', commitOf(other, 1))
    await askCode(family, ana)
    const proof = { address: ana.address, code: await codeFrom(ana.address) }
    expect((await accept(family, ana, 0, { proof })).status).toBe(200)
    const { vault, contact, token } = invited(family, ana)
    expect((await ask('leave', { vault, contact, token, scope: 'all' })).text).toBe('{"error":"malformed"}')
    await ask('stop', { vault, id: contact, token: toText(ana.stop), scope: 'all' })
    await leave(family, ana)
    await pressed(other)
    await settle(other)
    expect(await mailsTo(ana.address)).toHaveLength(2)
    await pressed(family)
    await settle(family)
    expect(await mailsTo(ana.address)).toHaveLength(2)
  })

  test('is kept where the mailroom cannot be reached: at once in the vault, and the mailroom hears of it later', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    await askCode(family, ana)
    const proof = { address: ana.address, code: await codeFrom(ana.address) }
    await accept(family, ana, 0, { proof })
    const before = (await dump(mailroom())).suppressed?.length ?? 0
    const takeBack = withEnv({ MAILROOM: UNREACHABLE })
    await evict(vaultOf(family))
    expect((await leave(family, ana)).text).toBe('{"error":"try-again"}')
    expect((await invitationOf(family, ana)).state).toBe('left')
    takeBack()
    await evict(vaultOf(family))
    expect((await dump(vaultOf(family))).departures).toMatchObject([{ untold: 1 }])
    await pass(family, 120_000)
    expect((await dump(vaultOf(family))).departures).toMatchObject([{ untold: null }])
    expect((await dump(mailroom())).suppressed).toHaveLength(before + 1)
  })

  test.each([
    ['the owner invites anew', (family: Family) => reinvite(family)],
    ['the owner deletes the vault', (family: Family) => remove(family)],
    ['an answer comes', (family: Family) => accept(family, contacts(family)[0], 1)],
  ])('is not said to be done, nor lost, when the mailroom has not heard of it and %s', async (_, meanwhile) => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    await askCode(family, ana)
    const proof = { address: ana.address, code: await codeFrom(ana.address) }
    await accept(family, ana, 0, { proof })
    const before = (await dump(mailroom())).suppressed?.length ?? 0
    const slow = {
      idFromName: () => null,
      get: () => ({
        drop: () => Promise.reject(new Error('unreachable')),
        leave: async () => {
          await new Promise((resolve) => setTimeout(resolve, 1_000))
          throw new Error('unreachable')
        },
      }),
    }
    const takeBack = withEnv({ MAILROOM: slow })
    await evict(vaultOf(family))
    const leaving = leave(family, ana)
    await eventually(async () => ((await dump(vaultOf(family))).departures ?? []).length > 0)
    await meanwhile(family)
    expect((await leaving).text).toBe('{"error":"try-again"}')
    takeBack()
    await evict(vaultOf(family))
    await pass(family, 120_000)
    expect((await dump(mailroom())).suppressed).toHaveLength(before + 1)
  })

  test('while a message is on its way to the mailroom stops it there, whoever comes first', async () => {
    const family = await committed()
    stopClock()
    const [ana, ben] = contacts(family)
    await evict(mailroom())
    // The mailroom has nothing to send with, so that what it gets waits there.
    const nothing = withEnv({ AMPARO_LOCAL: undefined })
    const real = bindings.MAILROOM
    let early: unknown
    const takeBack = withEnv({
      MAILROOM: {
        idFromName: real.idFromName.bind(real),
        get: (id: DurableObjectId) => ({
          enqueue: async (postings: never) => {
            early ??= (await leave(family, ana)).status
            await real.get(id).enqueue(postings)
          },
          leave: (leaving: never) => real.get(id).leave(leaving),
        }),
      },
    })
    await evict(vaultOf(family))
    await pressed(family)
    await settle(family)
    expect(early).toBe(200)
    takeBack()
    nothing()
    await evict(vaultOf(family))
    await evict(mailroom())
    await pass(family, 600_000)
    expect([await mailsTo(ana.address), await mailsTo(ben.address)].map(({ length }) => length)).toEqual([
      0, 1,
    ])
  })

  test('is not forgotten when the owner removes the contact in the same alert', async () => {
    const family = await committed()
    stopClock()
    const [ana, ben] = contacts(family)
    const alert = await pressed(family)
    await settle(family)
    await leave(family, ana)
    await done('commit', commitOf({ ...family, contacts: [ben] }, 1))
    await clear(family, alert)
    await settle(family)
    expect([await mailsTo(ana.address), await mailsTo(ben.address)].map(({ length }) => length)).toEqual([
      1, 2,
    ])
    expect((await dump(vaultOf(family))).departures).toEqual([])
  })

  test('goes with the vault', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    await leave(family, ana)
    const takeBack = withEnv({ SEALED: { delete: () => Promise.reject(new Error('down')) } })
    await evict(vaultOf(family))
    await done('delete', { vault: family.vault, token: family.token })
    const { contacts: rows, departures } = await dump(vaultOf(family))
    takeBack()
    await evict(vaultOf(family))
    expect([rows, departures]).toEqual([[], []])
  })
})

describe('what is said of a message under way', () => {
  /** The vault never hears that the mailroom got its messages. `handed` is what the mailroom was handed. */
  const withLostAnswers = async (family: Family, pass: boolean) => {
    await evict(vaultOf(family))
    const handed: Posting[] = []
    const real = bindings.MAILROOM
    const takeBack = withEnv({
      MAILROOM: {
        idFromName: real.idFromName.bind(real),
        get: (id: DurableObjectId) => ({
          enqueue: async (postings: Posting[]) => {
            handed.push(...postings)
            if (pass) await real.get(id).enqueue(postings)
            throw new Error('lost')
          },
          leave: async () => undefined,
        }),
      },
    })
    await evict(vaultOf(family))
    return { handed, takeBack }
  }

  test('it was given up here, and sent after all: sent', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    const { handed, takeBack } = await withLostAnswers(family, false)
    await pressed(family)
    await settle(family)
    await leave(family, ana)
    expect(await progressOf(family, ana)).toMatchObject({ state: 'refused', reason: 'stopped' })
    takeBack()
    await evict(vaultOf(family))
    await mailroom().enqueue(handed)
    await settle(family)
    expect(await mailsTo(ana.address)).toHaveLength(1)
    expect(await progressOf(family, ana)).toMatchObject({ state: 'sent', reason: null })
  })

  test('it was sent before the contact left, and the answer was lost: sent', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    const { takeBack } = await withLostAnswers(family, true)
    await pressed(family)
    await settle(family)
    await leave(family, ana)
    expect(await progressOf(family, ana)).toMatchObject({ state: 'sent', reason: null })
    takeBack()
    await evict(vaultOf(family))
    await pass(family, 120_000)
    expect(await mailsTo(ana.address)).toHaveLength(1)
  })
})
