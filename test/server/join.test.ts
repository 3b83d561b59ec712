import { afterEach, describe, expect, test } from 'vitest'
import { openAnswer, openInvitation } from '../../src/crypto/invitation.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { ask, clear, committed, done, mails, mailsTo, pressed, send } from './api.ts'
import {
  accept,
  askCode,
  codeFrom,
  invitationOf,
  invited,
  leave,
  read,
  sealedAnswer,
  standings,
} from './contact.ts'
import { commitOf, type Family, type FamilyContact, newFamily, newId, newKey, random } from './family.ts'
import { dump, evict, mailroom, pass, settle, startClock, stopClock, vaultOf, withEnv } from './time.ts'

const UNKNOWN = '{"error":"unknown"}'
const contacts = (family: Family) => family.contacts as [FamilyContact, FamilyContact]
/** The owner has invited ana anew: another secret, and so another join token. */
const reinvited = (family: Family): Family => {
  const [ana, ben] = contacts(family)
  return { ...family, contacts: [{ ...ana, invitation: random(16) }, ben] }
}
/** Answers whether they are one and the same, headers and all. */
const sameAnswer = (answers: Awaited<ReturnType<typeof ask>>[]): boolean =>
  new Set(answers.map(({ status, text, headers }) => JSON.stringify([status, text, [...headers].sort()])))
    .size === 1

afterEach(startClock)

describe('an invitation', () => {
  test('is read, answered with a code that was mailed, and seen by the owner, whatever is evicted in between', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    const opened = await invitationOf(family, ana)
    expect(opened).toMatchObject({ version: 1, state: 'invited', answers: 0, answer: null, letters: [] })
    const vault = vaultIdOf(family.root)
    expect(openInvitation(ana.invitation, vault, ana.id, 1, fromText(opened.sealed))).toMatchObject({
      email: ana.address,
      stop: toText(ana.stop),
    })
    await evict(vaultOf(family))
    expect((await askCode(family, ana)).text).toBe('{"ok":true}')
    const code = await codeFrom(ana.address)
    await evict(vaultOf(family))
    await evict(mailroom())
    const sealed = sealedAnswer(family, ana, 1)
    const proof = { address: ana.address, code }
    expect((await accept(family, ana, 0, { sealed, proof })).text).toBe('{"ok":true}')
    await evict(vaultOf(family))
    expect(await invitationOf(family, ana)).toMatchObject({ state: 'accepted', answers: 1, answer: sealed })
    const [seen, other] = await standings(family)
    const at = Date.now()
    expect(seen).toEqual({ contact: toText(ana.id), state: 'accepted', at, answers: 1, answer: sealed })
    expect(other).toMatchObject({ state: 'invited', at: null, answers: 0, answer: null })
    const answer = openAnswer(ana.invitation, vault, ana.id, 1, fromText(seen!.answer!))
    expect(answer).toEqual({ v: 1, language: 'es', email: ana.address, sms: null, push: null })
  })

  test('can be answered without an address, and again with other words', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    expect((await accept(family, ana, 0)).status).toBe(200)
    const second = sealedAnswer(family, ana, 2, null)
    expect((await accept(family, ana, 1, { sealed: second })).status).toBe(200)
    expect(await invitationOf(family, ana)).toMatchObject({ answers: 2, answer: second })
  })

  test('reading it changes nothing', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    const before = await dump(vaultOf(family))
    await read(family, ana)
    await read(family, ana)
    await standings(family)
    expect(await dump(vaultOf(family))).toEqual(before)
  })

  test('of another contact, another vault, a wrong token, one that is gone: the same answer on every route, byte for byte', async () => {
    const family = await committed()
    const [ana, ben] = contacts(family)
    const other = await committed()
    const gone = await committed()
    await done('delete', { vault: gone.vault, token: gone.token })
    const old = invited(family, ana)
    await done('commit', commitOf(reinvited(family), 1))
    const removed = await committed()
    await done('commit', commitOf({ ...removed, contacts: [contacts(removed)[1]] }, 1))
    const strangers = [
      old,
      { ...invited(family, ben), contact: toText(ana.id) },
      { ...invited(family, ben), token: newKey() },
      { ...invited(family, ben), vault: other.vault },
      { ...invited(family, ben), contact: newId() },
      invited(removed, contacts(removed)[0]),
      invited(gone, contacts(gone)[0]),
      invited(newFamily(), ben),
    ]
    const bodies: Partial<Record<RouteName, object>> = {
      join: {},
      code: { stop: toText(ana.stop), address: ana.address, language: 'en' },
      accept: { answers: 0, sealed: sealedAnswer(family, ana, 1), proof: null },
      leave: {},
    }
    const before = [await dump(vaultOf(family)), await dump(vaultOf(removed))]
    const answers = []
    for (const [route, body] of Object.entries(bodies))
      for (const stranger of strangers) answers.push(await ask(route as RouteName, { ...stranger, ...body }))
    answers.push(await askCode(family, ben, { stop: toText(ana.stop) }))
    answers.push(await ask('contacts', { vault: family.vault, token: newKey() }))
    expect(sameAnswer(answers)).toBe(true)
    expect(answers[0]!.text).toBe(UNKNOWN)
    expect([await dump(vaultOf(family)), await dump(vaultOf(removed))]).toEqual(before)
    expect(await mailsTo(ana.address)).toEqual([])
  })

  test('no scanner of mails and pages answers, leaves or asks for anything', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    const bodies: Partial<Record<RouteName, Record<string, unknown>>> = {
      join: invited(family, ana),
      code: { ...invited(family, ana), stop: toText(ana.stop), address: ana.address, language: 'en' },
      accept: { ...invited(family, ana), answers: 0, sealed: sealedAnswer(family, ana, 1), proof: null },
      leave: invited(family, ana),
      stop: { vault: family.vault, id: toText(ana.id), token: toText(ana.stop), scope: 'all' },
      contacts: { vault: family.vault, token: family.token },
    }
    const before = await dump(vaultOf(family))
    for (const [route, body] of Object.entries(bodies)) {
      const path = ROUTES[route as RouteName]
      const fields = new URLSearchParams(body as Record<string, string>)
      for (const method of ['GET', 'HEAD'])
        expect((await send(`${path}?${fields}`, { method })).status).toBe(405)
      expect((await send(path, { method: 'POST', body: fields })).status).toBe(400)
    }
    expect(await dump(vaultOf(family))).toEqual(before)
    expect(await mailsTo(ana.address)).toEqual([])
  })
})

describe('an answer', () => {
  test('sent again is answered as the first time, although its code is used up', async () => {
    const family = await committed()
    stopClock()
    const [ana] = contacts(family)
    await askCode(family, ana)
    const proof = { address: ana.address, code: await codeFrom(ana.address) }
    const sealed = sealedAnswer(family, ana, 1)
    const first = await accept(family, ana, 0, { sealed, proof })
    expect(first.text).toBe('{"ok":true}')
    const before = await dump(vaultOf(family))
    await pass(family, 3_600_000)
    expect(sameAnswer([first, await accept(family, ana, 0, { sealed, proof })])).toBe(true)
    expect((await dump(vaultOf(family))).contacts).toEqual(before.contacts)
  })

  test('to something that was answered meanwhile hears of it, and changes nothing', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    const sealed = sealedAnswer(family, ana, 1)
    await accept(family, ana, 0, { sealed })
    const late = await accept(family, ana, 0)
    expect([late.status, late.body]).toEqual([409, { error: 'conflict', version: 1 }])
    expect((await accept(family, ana, 7)).body).toEqual({ error: 'conflict', version: 1 })
    expect(await invitationOf(family, ana)).toMatchObject({ answers: 1, answer: sealed })
  })

  test('of two at once with one code exactly one holds; the same one twice at once is one', async () => {
    const family = await committed()
    const [ana, ben] = contacts(family)
    for (const one of [ana, ben]) await askCode(family, one)
    const proof = { address: ana.address, code: await codeFrom(ana.address) }
    const two = [sealedAnswer(family, ana, 1), sealedAnswer(family, ana, 1)]
    const answers = await Promise.all(two.map((sealed) => accept(family, ana, 0, { sealed, proof })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const winner = two[answers.findIndex(({ status }) => status === 200)]
    expect((await invitationOf(family, ana)).answer).toBe(winner)
    const same = { sealed: sealedAnswer(family, ben, 1), proof: { address: ben.address, code: '' } }
    same.proof.code = await codeFrom(ben.address)
    const both = await Promise.all([accept(family, ben, 0, same), accept(family, ben, 0, same)])
    expect(both.map(({ text }) => text)).toEqual(['{"ok":true}', '{"ok":true}'])
    expect((await invitationOf(family, ben)).answers).toBe(1)
  })

  test('is taken in its turn, so that the same one a moment later does not hear of a code that is used up', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    let confirmed = 0
    const confirm = async (): Promise<'right' | 'wrong'> => {
      confirmed += 1
      if (confirmed > 1) return 'wrong'
      await new Promise((resolve) => setTimeout(resolve, 100))
      return 'right'
    }
    const takeBack = withEnv({ MAILROOM: { idFromName: () => null, get: () => ({ confirm }) } })
    await evict(vaultOf(family))
    const same = { sealed: sealedAnswer(family, ana, 1), proof: { address: ana.address, code: '123456' } }
    const both = await Promise.all([accept(family, ana, 0, same), accept(family, ana, 0, same)])
    takeBack()
    await evict(vaultOf(family))
    expect([both.map(({ text }) => text), confirmed]).toEqual([['{"ok":true}', '{"ok":true}'], 1])
  })

  test('with a wrong code, or one that was mailed to another address, changes nothing', async () => {
    const family = await committed()
    const [ana, ben] = contacts(family)
    await askCode(family, ana)
    const code = await codeFrom(ana.address)
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    for (const proof of [
      { address: ana.address, code: wrong },
      { address: ben.address, code },
    ]) {
      const answer = await accept(family, ana, 0, { proof })
      expect([answer.status, answer.text]).toEqual([403, '{"error":"wrong-code"}'])
    }
    expect((await accept(family, ben, 0, { proof: { address: ana.address, code } })).body.error).toBe(
      'wrong-code',
    )
    expect(await standings(family)).toMatchObject([
      { state: 'invited', answers: 0 },
      { state: 'invited', answers: 0 },
    ])
  })

  test('is judged again after the mailroom has spoken: to an invitation that was replaced meanwhile it is unknown', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    const takeBack = withEnv({
      MAILROOM: {
        idFromName: () => null,
        get: () => ({
          confirm: async () => {
            await done('commit', commitOf(reinvited(family), 1))
            return 'right'
          },
        }),
      },
    })
    await evict(vaultOf(family))
    const answer = await accept(family, ana, 0, { proof: { address: ana.address, code: '123456' } })
    takeBack()
    await evict(vaultOf(family))
    expect(answer.text).toBe(UNKNOWN)
    expect((await standings(family))[0]).toMatchObject({
      state: 'invited',
      at: null,
      answers: 0,
      answer: null,
    })
  })

  test('and a code are to be asked again while the mailroom cannot be reached', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    const takeBack = withEnv({
      MAILROOM: {
        idFromName: () => null,
        get: () => ({
          code: () => Promise.reject(new Error('unreachable')),
          confirm: () => Promise.reject(new Error('unreachable')),
        }),
      },
    })
    await evict(vaultOf(family))
    const proof = { address: ana.address, code: '123456' }
    const answers = [await askCode(family, ana), await accept(family, ana, 0, { proof })]
    takeBack()
    await evict(vaultOf(family))
    for (const { status, text } of answers) expect([status, text]).toEqual([503, '{"error":"try-again"}'])
    expect((await standings(family))[0]).toMatchObject({ state: 'invited', answers: 0 })
    expect((await accept(family, ana, 0)).status).toBe(200)
  })
})

describe('a code', () => {
  test('comes by a mail in the language asked for that names nobody, with a stop link that the invitation does not tell', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    await askCode(family, ana, { language: 'en' })
    const [mail] = await mails(ana.address, 1)
    expect(mail!.subject).toBe('Amparo: a code for your invitation')
    expect(mail!.text + mail!.html).not.toMatch(/José/)
    const url = /https:\/\/amparo\.test\/stop#(\w+)/.exec(mail!.text)!
    const link = decodeLink('stop', url[1]!)!
    expect(toText(link.id)).toBe(toText(ana.id))
    expect(toText(link.secret!)).not.toBe(toText(ana.stop))
    expect(mail!.text.match(/https?:/g)).toHaveLength(1)
    expect(mail!.text + mail!.html).not.toContain('/join')
  })
})

describe('what the owner commits', () => {
  test('keeps what was said back to the same invitation, whose sealed words are the new ones', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    const answer = sealedAnswer(family, ana, 1)
    await accept(family, ana, 0, { sealed: answer })
    const next = commitOf(family, 1)
    await done('commit', next)
    const sealed = next.contacts[0]!.sealed
    expect(await invitationOf(family, ana)).toMatchObject({ version: 2, sealed, state: 'accepted', answer })
    await leave(family, ana)
    await done('commit', commitOf(family, 2))
    expect((await standings(family))[0]).toMatchObject({ state: 'left', answers: 1, answer })
  })

  test('invites anew: the old token is dead, the new one finds nothing said yet', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    await accept(family, ana, 0)
    await leave(family, ana)
    const anew = reinvited(family)
    await done('commit', commitOf(anew, 1))
    expect((await read(family, ana)).text).toBe(UNKNOWN)
    expect((await accept(family, ana, 1)).text).toBe(UNKNOWN)
    const fresh = { state: 'invited', answers: 0, answer: null }
    expect(await invitationOf(anew, contacts(anew)[0])).toMatchObject(fresh)
    expect((await standings(anew))[0]).toMatchObject(fresh)
  })

  test('removes a contact: nothing of it is left, and nothing comes back with the same invitation', async () => {
    const family = await committed()
    const [ana, ben] = contacts(family)
    await accept(family, ana, 0)
    await done('commit', commitOf({ ...family, contacts: [ben] }, 1))
    expect((await read(family, ana)).text).toBe(UNKNOWN)
    // The mailroom is told first, which forgets what was confirmed.
    await settle(family)
    expect(JSON.stringify(await dump(vaultOf(family)))).not.toContain(toText(ana.id))
    await done('commit', commitOf(family, 2))
    expect(await invitationOf(family, ana)).toMatchObject({ state: 'invited', answers: 0 })
  })
})

describe('letters that are out', () => {
  test('are named to who holds the invitation, each once, the newest first, until they are taken back', async () => {
    const family = await committed()
    stopClock()
    const [ana, ben] = contacts(family)
    const first = await pressed(family)
    const pressedAt = Date.now()
    const letter = toText(ana.letter)
    expect((await invitationOf(family, ana)).letters).toEqual([
      { letter, state: 'open', pressedAt, practice: false },
    ])
    await clear(family, first)
    await settle(family)
    expect((await invitationOf(family, ana)).letters).toEqual([
      { letter, state: 'cleared', pressedAt, practice: false },
    ])
    const next = { ...family, contacts: [{ ...ana, letter: random(16) }, ben] as FamilyContact[] }
    await done('commit', commitOf(next, 1))
    await pass(family, 60_000)
    await pressed(next)
    await pressed(next)
    await pass(family, 600_000)
    const { letters } = await invitationOf(next, contacts(next)[0])
    expect(letters.map(({ letter: id, state }) => [id, state])).toEqual([
      [toText(contacts(next)[0].letter), 'open'],
      [letter, 'cleared'],
    ])
    for (const { letter: id } of letters)
      expect((await ask('letter', { vault: family.vault, letter: id })).status).toBe(200)
    expect((await invitationOf(next, ben)).letters).toMatchObject([
      { letter: toText(ben.letter), state: 'open' },
    ])
    await done('withdraw', { vault: family.vault, token: family.token, alert: first })
    expect((await invitationOf(next, contacts(next)[0])).letters).toHaveLength(1)
  })

  test('are none before the release', async () => {
    const family = await committed(5_000)
    await pressed(family)
    expect((await invitationOf(family, contacts(family)[0])).letters).toEqual([])
  })
})
