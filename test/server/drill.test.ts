import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { LetterAnswer } from '../../src/protocol/letter.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { alerts, ask, committed, done, mailsTo, outbox, press, pressed, status } from './api.ts'
import { invitationOf, leave } from './contact.ts'
import { commitOf, type Family, type FamilyContact, newFamily, newId, newKey, pressKey } from './family.ts'
import {
  accepts,
  drill,
  type Practice,
  practiceCommit,
  practiceOf,
  practiceReceipt,
  ready,
} from './practice.ts'
import { dump, evict, kvKeys, mailroom, pass, settle, startClock, stopClock, vaultOf } from './time.ts'

const DAY_MS = 86_400_000
const UNKNOWN = '{"error":"unknown"}'

beforeEach(stopClock)
afterEach(startClock)

/** Two contacts, of whom `who` have accepted; the mails with codes have come. Practice letters are committed. */
const family = async (
  who: 'both' | 'ana' | 'nobody' = 'both',
): Promise<{ family: Family; practice: [Practice, Practice]; ana: FamilyContact; ben: FamilyContact }> => {
  const made = await committed()
  const [ana, ben] = made.contacts as [FamilyContact, FamilyContact]
  if (who !== 'nobody') await accepts(made, ana)
  if (who === 'both') await accepts(made, ben)
  const practice = practiceOf(made) as [Practice, Practice]
  await done('commit', practiceCommit(made, practice))
  return { family: made, practice, ana, ben }
}
/** Mails that are no codes. */
const told = async (contact: FamilyContact) =>
  (await mailsTo(contact.address)).filter(({ subject }) => !/código|code/.test(subject))
const letterIn = (text: string) => decodeLink('letter', /\/letter#(\w+)/.exec(text)?.[1] ?? '')
const read = (vault: string, letter: Uint8Array) => ask('letter', { vault, letter: toText(letter) })

describe('a drill', () => {
  test('writes to everybody who has accepted, says in subject and text that it is practice, and leads to the practice letter', async () => {
    const { family: one, practice, ana, ben } = await family()
    expect((await drill(one)).body).toEqual({ ok: true })
    await settle(one)
    const [[toAna], [toBen]] = [await told(ana), await told(ben)]
    expect(toAna!.subject).toMatch(/^PRÁCTICA, no ha pasado nada/)
    expect(toBen!.subject).toMatch(/^PRACTICE, nothing has happened/)
    expect(toAna!.text).toMatch(/^Esto es una práctica\. No ha pasado nada\./)
    for (const [at, mail] of [toAna!, toBen!].entries()) {
      const link = letterIn(mail.text)!
      expect(toText(link.id)).toBe(toText(practice[at]!.letter))
      expect(toText(link.secret!)).toBe(toText(practice[at]!.secret))
      expect(mail.text).toContain('/stop#')
      expect(mail.text).not.toMatch(/\+1|tel:|1-8/)
      const letter = LetterAnswer.parse((await read(one.vault, link.id)).body)
      expect(letter.alert).toMatchObject({ practice: true, state: 'open', closedAt: null })
    }
    const { letters } = await invitationOf(one, ana)
    expect(letters).toEqual([
      { letter: toText(practice[0].letter), state: 'open', pressedAt: expect.any(Number), practice: true },
    ])
  })

  test('brings nothing into a mailbox that opens a real letter, and releases none', async () => {
    const { family: one, ana, ben } = await family()
    await drill(one)
    await settle(one)
    for (const contact of [ana, ben]) {
      const [mail] = await told(contact)
      const every = [mail!.subject, mail!.text, mail!.html].join('\n')
      const links = [...every.matchAll(/\/(?:letter|stop)#(\w+)/g)].map(([, fragment]) => fragment!)
      const bytes = links.map((fragment) => {
        const link = decodeLink('letter', fragment) ?? decodeLink('stop', fragment)!
        return [link.id, link.secret].map((part) => (part === null ? '' : toText(part)))
      })
      const found = bytes.flat()
      expect(found.length).toBeGreaterThan(3)
      for (const real of one.contacts.flatMap(({ letter, secret, invitation, stop }) => [
        letter,
        secret,
        invitation,
        stop,
      ]))
        expect(found).not.toContain(toText(real))
      expect((await read(one.vault, contact.letter)).text).toBe(UNKNOWN)
    }
  })

  test('does not write to who has not accepted, has left, or confirmed another address; the owner sees it', async () => {
    const { family: one, ana, ben } = await family('ana')
    await drill(one)
    await settle(one)
    expect(await told(ana)).toHaveLength(1)
    expect(await told(ben)).toHaveLength(0)
    const [first] = (await ready(one)).drills
    expect(first!.contacts).toEqual([
      expect.objectContaining({ contact: toText(ana.id), state: 'sent', reason: null, openedAt: null }),
      expect.objectContaining({ contact: toText(ben.id), state: 'refused', reason: 'not-accepted' }),
    ])
    await leave(one, ana)
    await drill(one)
    expect((await ready(one)).drills[0]!.contacts[0]).toMatchObject({ state: 'refused', reason: 'stopped' })
  })

  test('does not write to an address that this contact has not confirmed, though the contact has accepted', async () => {
    const { family: one, practice, ana } = await family()
    const elsewhere = { ...ana, address: `other.${ana.address}` }
    const moved = { ...one, contacts: [elsewhere, one.contacts[1]!] }
    await done(
      'commit',
      practiceCommit(
        moved,
        practice.map((own) => ({ ...own, letter: fromText(newId()) })),
        2,
      ),
    )
    await drill(one)
    await settle(one)
    expect(await told(elsewhere)).toHaveLength(0)
    expect((await ready(one)).drills[0]!.contacts[0]).toMatchObject({
      state: 'refused',
      reason: 'not-accepted',
    })
  })

  test('is started by the owner with a key that presses, and by nobody else: one answer, and nothing happens', async () => {
    const { family: one, ana } = await family()
    const id = newId()
    const answers = [
      await drill({ ...one, token: newKey() }, id),
      await drill(one, id, newKey()),
      await drill(newFamily(), id),
    ]
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set([UNKNOWN]))
    await settle(one)
    expect(await told(ana)).toHaveLength(0)
    expect((await ready(one)).drills).toEqual([])
  })

  test('sent again is the same drill, also when the object was gone in between', async () => {
    const { family: one, ana } = await family()
    const id = newId()
    await drill(one, id)
    await evict(vaultOf(one))
    await evict(mailroom())
    expect((await drill(one, id)).body).toEqual({ ok: true })
    await settle(one)
    await settle(one)
    expect(await told(ana)).toHaveLength(1)
    expect((await ready(one)).drills).toHaveLength(1)
  })

  test('may be started twice in seven days', async () => {
    const { family: one } = await family()
    expect((await ready(one)).nextDrillAt).toBeNull()
    await drill(one)
    await pass(one, 1_000)
    await drill(one)
    const third = await drill(one)
    expect(third.status).toBe(429)
    expect(third.body).toEqual({ error: 'slow-down', waitMs: DAY_MS })
    const { nextDrillAt } = await ready(one)
    expect(nextDrillAt).toBe(Date.now() - 1_000 + 7 * DAY_MS)
    await pass(one, 7 * DAY_MS)
    expect((await ready(one)).nextDrillAt).toBeNull()
  })

  test('does not start without practice letters, and says which version is to be built on', async () => {
    const one = await committed()
    await accepts(one, one.contacts[0]!)
    const answer = await drill(one)
    expect(answer.status).toBe(409)
    expect(answer.body).toEqual({ error: 'conflict', version: 1 })
    expect((await dump(vaultOf(one))).holds).toEqual([])
    expect((await ready(one)).drills).toEqual([])
  })

  test('erases what opened the roster as soon as its messages are handed over', async () => {
    const { family: one } = await family()
    await drill(one)
    expect((await dump(vaultOf(one))).holds).toHaveLength(1)
    expect((await ready(one)).drills[0]!.settled).toBe(false)
    await settle(one)
    expect((await dump(vaultOf(one))).holds).toEqual([])
    expect((await ready(one)).drills[0]!.settled).toBe(true)
  })

  test('of nobody who can be written to holds nothing for a moment', async () => {
    const { family: one } = await family('nobody')
    await drill(one)
    expect((await dump(vaultOf(one))).holds).toEqual([])
  })
})

describe('a drill and a real alert', () => {
  test('a press during a drill is a real alert at once, with all its messages and letters', async () => {
    const { family: one, ana, ben } = await family()
    await drill(one)
    const alert = await pressed(one)
    await settle(one)
    for (const contact of [ana, ben]) {
      const mails = await told(contact)
      const real = mails.filter(({ subject }) => /oprimió|pressed/.test(subject))
      expect(real).toHaveLength(1)
      expect(toText(letterIn(real[0]!.text)!.id)).toBe(toText(contact.letter))
      expect(LetterAnswer.parse((await read(one.vault, contact.letter)).body).alert.practice).toBe(false)
    }
    expect((await status(one, alert)).body).toMatchObject({ state: 'open', counts: { contacts: 2, sent: 2 } })
    expect(await alerts(one)).toHaveLength(1)
  })

  test('of messages that wait, the real ones go out first, although the drill was there before', async () => {
    const { family: one } = await family()
    await drill(one)
    await pass({ vault: newId() }, 1_000)
    await pressed(one)
    await settle(one)
    const addresses = one.contacts.map(({ address }) => address)
    const order = (await outbox())
      .filter(({ to, subject }) => addresses.includes(to) && !/código|code/.test(subject))
      .map(({ subject }) => /PRÁCTICA|PRACTICE/.test(subject))
    // The newest comes first.
    expect(order).toEqual([true, true, false, false])
  })

  test('no drill starts while an alert is open, or a press counts; it does once the alert has closed', async () => {
    const { family: one } = await family()
    const alert = await pressed(one)
    const refused = await drill(one)
    expect(refused.status).toBe(409)
    expect(refused.text).toBe('{"error":"open-alert"}')
    await done('clear', { vault: one.vault, token: one.token, alert, key: null })
    await settle(one)
    expect((await drill(one)).status).toBe(200)
  })

  test('a drill under the id of a press or an alert is refused, and a practice press stands in nobody’s way', async () => {
    const { family: one } = await family()
    const id = newId()
    await press(one, id, { practice: true })
    expect((await drill(one, id)).text).toBe('{"error":"malformed"}')
    expect((await drill(one)).status).toBe(200)
  })

  test('the all-clear and taking letters back do not know a drill', async () => {
    const { family: one, practice } = await family()
    const id = newId()
    await drill(one, id)
    await settle(one)
    for (const route of ['clear', 'withdraw'] as const) {
      const more = route === 'clear' ? { key: pressKey(one) } : {}
      expect((await ask(route, { vault: one.vault, token: one.token, alert: id, ...more })).text).toBe(
        UNKNOWN,
      )
    }
    expect(await alerts(one)).toEqual([])
    expect((await read(one.vault, practice[0].letter)).status).toBe(200)
  })
})

describe('a practice letter', () => {
  test('says when it was opened first, to who opened it alone', async () => {
    const { family: one, practice } = await family()
    await drill(one)
    await settle(one)
    const forged = { ...practice[0], letterKey: fromText(newKey()) }
    expect((await practiceReceipt(one, forged)).text).toBe(UNKNOWN)
    await pass(one, 90_000)
    expect((await practiceReceipt(one, practice[0])).body).toEqual({ ok: true })
    const at = Date.now()
    await pass(one, 90_000)
    await practiceReceipt(one, practice[0])
    const [first] = (await ready(one)).drills
    expect(first!.contacts.map(({ openedAt }) => openedAt)).toEqual([at, null])
    expect(at - first!.startedAt).toBe(90_000)
  })

  test('is not given out before its drill; afterwards for seven days, also after the keys have rolled, and then erased', async () => {
    const { family: one, practice } = await family()
    expect((await read(one.vault, practice[0].letter)).text).toBe(UNKNOWN)
    await drill(one)
    await settle(one)
    await done('commit', commitOf(one, 2))
    await pass(one, 7 * DAY_MS - 1)
    expect((await read(one.vault, practice[0].letter)).status).toBe(200)
    expect((await kvKeys(one)).filter((key) => key.includes(toText(practice[0].letter)))).toHaveLength(1)
    await pass(one, 1)
    expect((await read(one.vault, practice[0].letter)).text).toBe(UNKNOWN)
    await pass(one, 61_000)
    expect((await kvKeys(one)).filter((key) => key.includes(toText(practice[0].letter)))).toEqual([])
    expect((await ready(one)).drills).toHaveLength(1)
  })

  test('goes with the vault', async () => {
    const { family: one } = await family()
    await drill(one)
    await settle(one)
    await done('delete', { vault: one.vault, token: one.token })
    await settle(one)
    expect(await kvKeys(one)).toEqual([])
    expect(Object.keys(await dump(vaultOf(one)))).toEqual([])
  })
})

describe('what the owner’s phone asks', () => {
  test('is told whether its key still presses, and which letters an alert would release', async () => {
    const one = await committed()
    const said = await ready(one)
    expect(said).toMatchObject({ version: 1, keyKnown: true, drills: [], nextDrillAt: null })
    expect([...said.letters].sort((a, b) => (a.letter < b.letter ? -1 : 1))).toEqual(
      one.contacts
        .map(({ letter }) => ({ letter: toText(letter), version: 1 }))
        .sort((a, b) => (a.letter < b.letter ? -1 : 1)),
    )
    expect((await ready(one, newKey())).keyKnown).toBe(false)
    expect((await ready(one, null)).keyKnown).toBe(false)
  })

  test('is not told anything with another token', async () => {
    const one = await committed()
    expect((await ask('ready', { vault: one.vault, token: newKey(), key: pressKey(one) })).text).toBe(UNKNOWN)
  })
})
