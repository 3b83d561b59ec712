import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newPresser, rolled, withoutPressers } from '../../src/client/vault/document.ts'
import { newId, random } from '../../src/client/vault/random.ts'
import { sealCommit } from '../../src/client/vault/seal-commit.ts'
import { sealAnswer } from '../../src/crypto/invitation.ts'
import { gateTokenOf } from '../../src/crypto/locks/word.ts'
import { openRoster } from '../../src/crypto/roster/roster.ts'
import { unwrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { stretchWord } from '../../src/crypto/stretch.ts'
import { normaliseWord } from '../../src/crypto/word.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { RosterLetter } from '../../src/protocol/roster.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { ResendDouble } from '../support/resend-double.ts'
import { startServer } from '../support/server.ts'
import { age, type Disk, dumpDisk } from './disk.ts'
import { CONFIRMED, newDocument, type Secrets, seal, secretsOf } from './family.ts'
import type { Sent } from './search.ts'

/** One family's drill on the real Worker, from the practice letters to a week after; at each stage everything stored is copied. */
export const DRILL_STAGES = ['prepared', 'sending', 'sent', 'rolled', '8 days on'] as const
export type DrillStage = (typeof DRILL_STAGES)[number]
export type DrillSeen = { disk: Disk; sent: Sent }

export type DrillLife = {
  seen: ReadonlyMap<DrillStage, DrillSeen>
  secrets: Secrets
  /** In the order of the contacts: the first one's letter has a word, the second one's a link. */
  practice: RosterLetter[]
  /** Of the first practice letter. */
  gateToken: Uint8Array
  /** Subject and text of each message of the drill. */
  messages: string[]
}

const known = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('the drill is not what it should be')
  return value
}

const eventually = async (what: string, probe: () => Promise<boolean> | boolean): Promise<void> => {
  const until = Date.now() + 90_000
  while (!(await probe())) {
    if (Date.now() > until) throw new Error(`it never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const stretch = async ({ word, secret, vault, letter }: Parameters<Parameters<typeof sealCommit>[4]>[0]) =>
  stretchWord(word, secret, vault, letter)

export const liveDrill = async (): Promise<DrillLife> => {
  const persistTo = await mkdtemp(join(tmpdir(), 'amparo-drill-'))
  const double = new ResendDouble()
  const provider = await double.listen()
  const server = await startServer({
    persistTo,
    settings: {
      AMPARO_LOCAL: null,
      AMPARO_ORIGIN: 'https://amparo.example',
      AMPARO_FROM: 'Amparo <alert@amparo.example>',
      RESEND_API_KEY: double.apiKey,
      RESEND_BASE_URL: provider.url,
    },
  })
  const seen = new Map<DrillStage, DrillSeen>()
  const look = async (stage: DrillStage): Promise<void> => {
    const mail = [...double.requests.map(({ body }) => body), ...double.accepted.map(({ id }) => id)]
    seen.set(stage, { disk: await dumpDisk(persistTo), sent: { mail, text: [], push: [] } })
  }
  const done = async (route: RouteName, body: object): Promise<void> => {
    const response = await fetch(server.origin + ROUTES[route], {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${route}: ${await response.text()}`)
  }
  const sleep = async (object: 'Vault' | 'Mailroom', ms: number): Promise<void> => {
    await server.kill()
    await age(persistTo, object, ms)
    await server.restart()
  }
  const rows = async (object: 'vault' | 'mailroom', table: string) =>
    (await dumpDisk(persistTo))[object]?.[table] ?? []
  try {
    const root = random(16)
    const first = await seal(root, null, 0, newDocument())
    await done('commit', first.request)
    const { vault, token } = first.request
    const owner = { vault, token }
    const before = secretsOf(root, first)
    for (const [index, address] of CONFIRMED.entries()) {
      const { id, secret, stop, language } = known(first.document.contacts[index])
      const who = { vault, contact: id, token: toText(known(before.joinTokens[index])) }
      await done('code', { ...who, stop, address, language })
      await eventually('a code', () => double.accepted.some(({ to }) => to.includes(address)))
      const mail = known(double.accepted.find(({ to }) => to.includes(address)))
      const code = known(/\b\d{6}\b/.exec(mail.text)?.[0])
      const answer = { v: 1, language, email: address, sms: null, push: null } as const
      const sealed = toText(sealAnswer(fromText(secret), fromText(vault), fromText(id), 1, answer, random))
      await done('accept', { ...who, answers: 0, sealed, proof: { address, code } })
    }
    const taken = {
      ...first.document,
      contacts: first.document.contacts.map((contact, index) => ({
        ...contact,
        email: known(CONFIRMED[index]),
        answer: { n: 1, at: Date.now() },
      })),
    }
    const prepared = await sealCommit(root, first.document, 1, taken, stretch, () => undefined, null, true)
    await done('commit', prepared.request)
    await look('prepared')
    const letters = [...first.request.letters, ...prepared.request.letters]
    const secrets = secretsOf(root, { ...prepared, request: { ...prepared.request, letters } })
    const { id: presser, wrapped } = known(prepared.request.pressers[0])
    const vaultId = fromText(vault)
    const rosterKey = known(
      unwrapRosterKey(secrets.pressKey, vaultId, fromText(presser), 2, fromText(wrapped)),
    )
    const roster = known(openRoster(rosterKey, vaultId, 2, fromText(prepared.request.roster)))
    const practice = roster.contacts.map((contact) => known(contact.practice))

    double.meet(...Array.from({ length: 4 }, () => 'internal_server_error' as const))
    const asked = double.requests.length
    const drill = newId()
    await done('drill', { ...owner, key: toText(secrets.pressKey), drill })
    await eventually('the provider was asked', () => double.requests.length > asked)
    await eventually('the keys are erased', async () => (await rows('vault', 'holds')).length === 0)
    await look('sending')
    if (double.accepted.length > CONFIRMED.length) throw new Error('sent already: this machine was too slow')
    await eventually('mails sent', () => double.accepted.length === 2 * CONFIRMED.length)
    await eventually('reports taken', async () => (await rows('mailroom', 'reports')).length === 0)
    await look('sent')
    const messages = double.accepted.slice(CONFIRMED.length).map(({ subject, text }) => `${subject}\n${text}`)

    const old = known(prepared.document.pressers[0])
    const both = await seal(
      root,
      prepared.document,
      2,
      rolled(prepared.document, newPresser('x', Date.now()), [drill]),
    )
    await done('commit', both.request)
    await done(
      'commit',
      (await seal(root, both.document, 3, withoutPressers(both.document, [old.id]))).request,
    )
    await sleep('Vault', 120_000)
    await done('alerts', owner)
    // A document, two letters, two practice letters.
    await eventually('rolled letters are gone', async () => (await rows('vault', 'sealed_keys')).length === 5)
    await look('rolled')
    await sleep('Vault', 8 * 86_400_000)
    await done('alerts', owner)
    await eventually('the drill is over', async () =>
      (await rows('vault', 'drills')).every(({ letters_out: out }) => Number(out) === 0),
    )
    await sleep('Vault', 120_000)
    await done('alerts', owner)
    await eventually(
      'practice letters are gone',
      async () => (await rows('vault', 'sealed_keys')).length === 3,
    )
    await sleep('Mailroom', 8 * 86_400_000)
    await eventually('outcomes are forgotten', async () => {
      await fetch(server.origin + ROUTES.stop, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ vault: newId(), id: newId(), token: newId(), scope: 'all' }),
      })
      return (await rows('mailroom', 'sent')).length === 0
    })
    await look('8 days on')

    const [ownWord] = practice
    const [id, secret] = [fromText(known(ownWord).id), fromText(known(known(ownWord).secret))]
    const lock = known(first.document.contacts[0]).letter.lock
    const word = known(normaliseWord(lock.kind === 'word' ? lock.word : ''))
    const gateToken = gateTokenOf(stretchWord(word, secret, vaultId, id), vaultId, id)
    return { seen, secrets, practice, gateToken, messages }
  } finally {
    await server.stop()
    await provider.close()
    await rm(persistTo, { recursive: true, force: true })
  }
}
