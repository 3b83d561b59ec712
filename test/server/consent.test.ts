import { afterEach, describe, expect, test, vi } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { ask, committed, done, mails, mailsTo, pressed } from './api.ts'
import { accept, askCode, codeFrom, invited, leave, sealedAnswer, standings } from './contact.ts'
import { commitOf, type Family, type FamilyContact, newFamily } from './family.ts'
import { settle, startClock, stopClock } from './time.ts'

/** Consent and abuse over the whole way, with nothing but what goes over the line. */
const HOUR_MS = 3_600_000

const contacts = (family: Family) => family.contacts as [FamilyContact, FamilyContact]
const alertsTo = async (address: string): Promise<number> =>
  (await mailsTo(address)).filter(({ text }) => text.includes('/letter#')).length
const pressOften = async (family: Family, times: number): Promise<void> => {
  for (let time = 0; time < times; time += 1) {
    const alert = await pressed(family)
    await settle(family)
    await done('clear', { vault: family.vault, token: family.token, alert, key: null })
    await settle(family)
  }
}
const stopIn = (text: string) => {
  const link = decodeLink('stop', new URL(/https?:\/\/\S+\/stop#\w+/.exec(text)![0]).hash)!
  return { vault: toText(link.vault), id: toText(link.id), token: toText(link.secret!) }
}

afterEach(startClock)

test('who has typed the code from the mail is reached by every press, and who has not by three a day', async () => {
  const family = await committed()
  const [ana, ben] = contacts(family)
  await askCode(family, ana)
  const proof = { address: ana.address, code: await codeFrom(ana.address) }
  expect((await accept(family, ana, 0, { proof })).status).toBe(200)
  stopClock()
  await pressOften(family, 8)
  expect([await alertsTo(ana.address), await alertsTo(ben.address)]).toEqual([8, 3])
})

describe('who invites a stranger, with every secret of the invitation in hand,', () => {
  test('cannot accept in the stranger’s place', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    await askCode(family, ana)
    const code = await codeFrom(ana.address)
    const wrong = code === '000000' ? '000001' : '000000'
    const refused = await accept(family, ana, 0, { proof: { address: ana.address, code: wrong } })
    expect([refused.status, refused.body]).toEqual([403, { error: 'wrong-code' }])
    // Saying yes without a proof names an address to the owner, and confirms none.
    expect((await accept(family, ana, 0)).status).toBe(200)
    stopClock()
    await pressOften(family, 5)
    expect(await alertsTo(ana.address)).toBe(3)
  })

  test('has at most six codes a day mailed, from all vaults together, in words that are not the owner’s', async () => {
    stopClock()
    const stranger = `stranger.${Date.now()}@example.org`
    const answers: number[] = []
    for (let vault = 0; vault < 3; vault += 1) {
      const family = await committed()
      for (let time = 0; time < 4; time += 1) {
        const [ana] = contacts(family)
        answers.push((await askCode(family, ana, { address: stranger })).status)
        vi.setSystemTime(Date.now() + HOUR_MS / 2)
        await settle(family)
      }
    }
    expect(answers.filter((status) => status === 200)).toHaveLength(6)
    expect(new Set(answers)).toEqual(new Set([200, 429]))
    const written = await mails(stranger, 6)
    expect(written).toHaveLength(6)
    for (const { subject, text, html } of written) expect(subject + text + html).not.toContain('José')
  })

  test('reaches nobody any more once the stranger has stopped it, by no code, alert or all-clear', async () => {
    const stranger = `stop.${Date.now()}@example.org`
    const inviting = async (): Promise<Family> => {
      const family = newFamily()
      contacts(family)[0].address = stranger
      await done('commit', commitOf(family))
      return family
    }
    const [family, other] = [await inviting(), await inviting()]
    await askCode(family, contacts(family)[0])
    const [code] = await mails(stranger, 1)
    expect((await ask('stop', { ...stopIn(code!.text), scope: 'all' })).status).toBe(200)
    for (const from of [family, other]) {
      // The same answer as ever, so that nobody learns who has said "never again".
      expect((await askCode(from, contacts(from)[0])).status).toBe(200)
      await settle(from)
    }
    // The code was mailed to whoever has the address: that person is not the contact, and has not left in its name.
    expect((await standings(family))[0]?.state).toBe('invited')
    stopClock()
    await pressOften(family, 2)
    await pressOften(other, 1)
    expect(await mailsTo(stranger)).toHaveLength(1)
    expect(await alertsTo(contacts(family)[1].address)).toBe(2)
  })

  test('cannot take a stop back by accepting for the stranger', async () => {
    const family = await committed()
    const [ana] = contacts(family)
    await askCode(family, ana)
    const proof = { address: ana.address, code: await codeFrom(ana.address) }
    expect((await accept(family, ana, 0, { proof })).status).toBe(200)
    expect((await leave(family, ana)).status).toBe(200)
    const sealed = sealedAnswer(family, ana, 2)
    const again = await ask('accept', { ...invited(family, ana), answers: 1, sealed, proof: null })
    expect(again.status).toBe(200)
    expect((await ask('accept', { ...invited(family, ana), answers: 2, sealed, proof })).status).toBe(403)
    await pressOften(family, 1)
    expect(await alertsTo(ana.address)).toBe(0)
  })
})
