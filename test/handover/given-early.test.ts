import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newContact, newPresser, rolled, withoutPressers } from '../../src/client/vault/document.ts'
import { newId, random } from '../../src/client/vault/random.ts'
import type { SealedCommit } from '../../src/client/vault/seal-commit.ts'
import { joinTokenOf, sealAnswer } from '../../src/crypto/invitation.ts'
import { receiptTokenOf } from '../../src/crypto/letter.ts'
import { openPairedLock } from '../../src/crypto/locks/paired.ts'
import { gateTokenOf } from '../../src/crypto/locks/word.ts'
import { pressKeyOf } from '../../src/crypto/presser.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { openRoster } from '../../src/crypto/roster/roster.ts'
import { unwrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { stretchWord } from '../../src/crypto/stretch.ts'
import { normaliseWord } from '../../src/crypto/word.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import type { DocumentContact, DocumentPresser } from '../../src/protocol/vault-document.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { dumpDisk } from './disk.ts'
import { newDocument, seal } from './family.ts'
import { openAll } from './opening.ts'
import { haystackOf, holds, placesOf } from './search.ts'

/**
 * A server that keeps all it was ever sent, press keys, tokens and codes among it, and gives letters out when it likes: what
 * it cannot open, nobody can whom it gives it to.
 */
const known = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('the scenario is not what it should be')
  return value
}
const root = random(16)
const vault = vaultIdOf(root)

/** One letter behind the invitation and a word, one behind a link, and one that only the invitation opens. */
const familyOf = () => {
  const document = newDocument()
  const paired = newContact({
    name: 'Tía Leocadia',
    email: 'leocadia@example.org',
    language: 'es',
    text: 'El dinero del alquiler está en la lata azul.',
    phrase: null,
    lock: { kind: 'paired' },
  })
  return { ...document, contacts: [...document.contacts, paired] }
}
const WORD = 0
const LINK = 1
const PAIRED = 2

describe('what a server holds that keeps everything it was sent', () => {
  let persistTo: string
  let server: TestServer
  let first: SealedCommit
  const sent: string[] = []
  /** What it can open at that moment, with these beside. */
  const opens = async (...more: Uint8Array[]) => {
    const disk = await dumpDisk(persistTo)
    const mail = (await server.outbox()).map((one) => JSON.stringify(one))
    const places = Object.values(placesOf(disk, { mail, text: [], push: [] }))
    return haystackOf(openAll(disk, [...places.flat(), ...sent, ...more.map(toText)]))
  }
  const contactAt = (at: number): DocumentContact => known(first.document.contacts[at])
  const ask = async (route: RouteName, body: object): Promise<Record<string, unknown>> => {
    const text = JSON.stringify(body)
    sent.push(text)
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(server.origin + ROUTES[route], { method: 'POST', headers, body: text })
    return (await response.json()) as Record<string, unknown>
  }
  const accept = async ({ id, secret, stop, email }: DocumentContact): Promise<void> => {
    const who = {
      vault: toText(vault),
      contact: id,
      token: toText(joinTokenOf(fromText(secret), vault, fromText(id))),
    }
    const address = known(email)
    await ask('code', { ...who, stop, address, language: 'es' })
    const mail = await expectMail(address)
    const said = { v: 1, language: 'es', email: address, sms: null, push: null } as const
    const sealed = toText(sealAnswer(fromText(secret), vault, fromText(id), 1, said, random))
    const code = known(/(?<!\d)\d{6}(?!\d)/.exec(mail)?.[0])
    expect(await ask('accept', { ...who, answers: 0, sealed, proof: { address, code } })).toEqual({
      ok: true,
    })
  }
  const expectMail = (address: string, part = ''): Promise<string> =>
    vi.waitFor(
      async () =>
        known((await server.outbox()).find(({ to, text }) => to === address && text.includes(part))).text,
      { timeout: 25_000, interval: 250 },
    )

  beforeAll(async () => {
    persistTo = await mkdtemp(join(tmpdir(), 'amparo-early-'))
    server = await startServer({ persistTo })
    first = await seal(root, null, 0, familyOf())
    expect(await ask('commit', first.request)).toMatchObject({ ok: true })
    for (const at of [WORD, PAIRED]) await accept(contactAt(at))
  })
  afterAll(async () => {
    await server?.stop()
    await rm(persistTo, { recursive: true, force: true })
  })
  const textOf = (at: number) => contactAt(at).letter.text

  test('before a press opens no letter, so that none can be given out early', async () => {
    const opened = await opens()
    for (const at of [WORD, LINK, PAIRED]) expect([at, holds(opened, textOf(at))]).toEqual([at, false])
  })

  test('after a press, and after the contacts have opened them, opens none that the invitation or a word holds shut', async () => {
    const presser: DocumentPresser = known(first.document.pressers[0])
    const key = toText(pressKeyOf(fromText(presser.secret), vault))
    await ask('press', { vault: toText(vault), key, alert: newId(), ageMs: 0, practice: false })
    for (const at of [WORD, LINK, PAIRED]) await expectMail(known(contactAt(at).email), '/letter#')
    const { letter } = contactAt(WORD)
    const id = fromText(letter.id)
    const word = known(normaliseWord(letter.lock.kind === 'word' ? letter.lock.word : ''))
    const gate = toText(gateTokenOf(stretchWord(word, fromText(letter.secret), vault, id), vault, id))
    const which = { vault: toText(vault), version: 1 }
    expect(await ask('word', { ...which, letter: letter.id, gate })).toMatchObject({ ok: true })
    for (const at of [WORD, PAIRED]) {
      const { letter: own, secret } = contactAt(at)
      const locks = known(first.request.letters.find((one) => one.id === own.id)).locks
      const lock = known(locks.find((one) => one.kind === 'paired'))
      const letterKey = known(openPairedLock(lock, fromText(secret), vault, fromText(own.id), 1))
      const token = toText(receiptTokenOf(letterKey, vault, fromText(own.id)))
      expect(await ask('receipt', { ...which, letter: own.id, token, kind: 'opened' })).toEqual({ ok: true })
    }
    const opened = await opens()
    // Else the search opens nothing: the roster, and with it the letter that a link alone opens.
    for (const what of [first.document.name, textOf(LINK)])
      expect([what, holds(opened, what)]).toEqual([what, true])
    for (const at of [WORD, PAIRED]) expect([at, holds(opened, textOf(at))]).toEqual([at, false])
    const withSecret = await opens(fromText(contactAt(PAIRED).secret))
    expect(holds(withSecret, textOf(PAIRED))).toBe(true)
    expect(holds(withSecret, textOf(WORD))).toBe(false)
  })
})

describe('the roster of an earlier commit', () => {
  test('opens with its own wrapped key alone, and with no press key that came after the keys had rolled', async () => {
    const before = await seal(root, null, 0, familyOf())
    const presser = known(before.document.pressers[0])
    const after = await seal(root, before.document, 1, { ...before.document, name: 'Ana' })
    const unwrap = (key: DocumentPresser, { request }: SealedCommit, version: number) => {
      const { id, wrapped } = known(request.pressers.find((one) => one.id === presser.id))
      const pressKey = pressKeyOf(fromText(key.secret), vault)
      return unwrapRosterKey(pressKey, vault, fromText(id), version, fromText(wrapped))
    }
    const rosterOf = ({ request }: SealedCommit) => fromText(request.roster)
    const [old, current] = [known(unwrap(presser, before, 1)), known(unwrap(presser, after, 2))]
    expect(openRoster(current, vault, 2, rosterOf(after))?.name).toBe('Ana')
    expect(unwrap(presser, before, 2)).toBeNull()
    for (const version of [1, 2]) {
      expect(openRoster(current, vault, version, rosterOf(before))).toBeNull()
      expect(openRoster(old, vault, version, rosterOf(after))).toBeNull()
    }
    expect(openRoster(old, vault, 2, rosterOf(before))).toBeNull()
    // What a server can do that has kept it all and is shown a press key: docs/threat-model.md says so.
    expect(openRoster(old, vault, 1, rosterOf(before))).not.toBeNull()

    const fresh = newPresser('Teléfono nuevo', 1)
    const { pressers } = withoutPressers(rolled(after.document, fresh, [newId()]), [presser.id])
    expect(pressers).toEqual([fresh])
    expect(unwrap(fresh, before, 1)).toBeNull()
    expect(unwrap(fresh, after, 2)).toBeNull()
  })
})
