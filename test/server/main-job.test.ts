import { expect, test } from 'vitest'
import { openLetter } from '../../src/crypto/letter.ts'
import { openLinkLock } from '../../src/crypto/locks/link.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { LetterAnswer } from '../../src/protocol/letter.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { PressAnswer } from '../../src/protocol/press.ts'
import { ask, committed, eventually, mails, press, status } from './api.ts'
import { newId } from './family.ts'
import { logged } from './logged.ts'

test('a press reaches every contact, and the link in the mail leads to the letter', async () => {
  const family = await committed()
  const alert = newId()
  const answer = PressAnswer.parse((await press(family, alert, { ageMs: 60_000 })).body)
  expect(answer).toMatchObject({ state: 'open', practice: false, releaseInMs: 0 })
  expect(answer.receivedAt - answer.pressedAt).toBe(60_000)

  const ben = family.contacts[1]!
  await mails(family.contacts[0]!.address, 1)
  const [mail] = await mails(ben.address, 1)
  const link = decodeLink('letter', /\/letter#(\w+)/.exec(mail!.text)![1]!)!
  expect(toText(link.vault)).toBe(family.vault)

  const read = await ask('letter', { vault: toText(link.vault), letter: toText(link.id) })
  const letter = LetterAnswer.parse(read.body)
  const lock = letter.locks[0]!
  if (lock.kind !== 'link') throw new Error('not the lock of ben')
  const key = openLinkLock(lock, link.secret!, link.vault, link.id, letter.version)!
  const text = openLetter(key, link.vault, link.id, letter.version, fromText(letter.sealed))
  expect(text?.text).toBe('A letter to ben')

  const counts = await eventually(async () => {
    const { counts } = PressAnswer.parse((await status(family, alert)).body)
    return counts.sent === 2 && counts
  })
  expect(counts).toEqual({ contacts: 2, waiting: 0, sent: 2, delivered: 0, refused: 0, opened: 0, onIt: 0 })
})

test('what is logged are names of events and counts, and nothing else', async () => {
  const family = await committed()
  await press(family, newId())
  for (const { address } of family.contacts) await mails(address, 1)
  await ask('letter', { vault: family.vault, letter: newId() })
  await ask('letter', { vault: family.vault })
  expect(logged).toContain('{"event":"mail-accepted","count":2}')
  expect(logged).toContain('{"event":"refused-malformed","count":1}')
  for (const line of logged) expect(line).toMatch(/^\{"event":"[a-z-]+","count":\d+\}$/)
})
