import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newPresser, rolled, withoutPressers } from '../../src/client/vault/document.ts'
import { newId, random } from '../../src/client/vault/random.ts'
import type { SealedCommit } from '../../src/client/vault/seal-commit.ts'
import { sealAnswer } from '../../src/crypto/invitation.ts'
import { sealNote } from '../../src/crypto/note.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { JoinAnswer } from '../../src/protocol/join.ts'
import { LetterAnswer } from '../../src/protocol/letter.ts'
import { PressAnswer } from '../../src/protocol/press.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { StandingAnswer } from '../../src/protocol/standing.ts'
import { listen } from '../support/listen.ts'
import { newVapidKeys, PushRules } from '../support/push-rules.ts'
import { ResendDouble } from '../support/resend-double.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { TwilioRules } from '../support/twilio-rules.ts'
import { age, type Disk, dumpDisk } from './disk.ts'
import { CONFIRMED, NUMBER, newDocument, SAID, type Secrets, seal, secretsOf } from './family.ts'
import type { Sent } from './search.ts'

/** One family's life on the real Worker, from set-up to a week after its end; at each stage everything stored is copied. */
export const STAGES = [
  ...['set up', 'asked', 'accepted', 'cancelled', 'delay', 'sending', 'open', 'cleared', 'expired', 'rolled'],
  ...['deleted', '8 days on'],
] as const
export type Stage = (typeof STAGES)[number]

/** `press`: id of the last press. `sent`: what the providers were sent; `messages` and `texts`, the ids that they gave. */
export type Seen = { disk: Disk; sent: Sent; press: string; messages: string[]; texts: string[] }

export type Life = {
  root: Uint8Array
  seen: ReadonlyMap<Stage, Seen>
  /** Of what the alerts showed, and of what came after the keys had rolled. */
  secrets: Secrets
  next: Secrets
  /** All that the server's processes have written to their streams. */
  output: string
}

/** From a block for documentation (RFC 5737). */
export const NETWORK = '203.0.113.77'
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NEVER_MS = 90_000

const eventually = async (what: string, probe: () => Promise<boolean> | boolean): Promise<void> => {
  const until = Date.now() + NEVER_MS
  while (!(await probe())) {
    if (Date.now() > until) throw new Error(`it never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

type Doubles = { double: ResendDouble; twilio: TwilioRules; push: PushRules }

class Run {
  readonly root: Uint8Array
  readonly seen = new Map<Stage, Seen>()
  readonly double: ResendDouble
  readonly twilio: TwilioRules
  readonly push: PushRules
  readonly persistTo: string
  readonly server: TestServer
  readonly first: SealedCommit
  readonly secrets: Secrets
  /** Key of this phone as it is now. */
  pressKey: Uint8Array
  output = ''

  constructor(
    root: Uint8Array,
    { double, twilio, push }: Doubles,
    persistTo: string,
    server: TestServer,
    first: SealedCommit,
  ) {
    this.root = root
    this.double = double
    this.twilio = twilio
    this.push = push
    this.persistTo = persistTo
    this.server = server
    this.first = first
    this.secrets = secretsOf(root, first)
    this.pressKey = this.secrets.pressKey
  }

  get owner() {
    const { vault, token } = this.first.request
    return { vault, token }
  }

  async ask(route: RouteName, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.server.origin + ROUTES[route], {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cf-connecting-ip': NETWORK },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Record<string, unknown>
  }

  async done(route: RouteName, body: object): Promise<void> {
    const answer = await this.ask(route, body)
    if (answer.ok !== true) throw new Error(`${route}: ${JSON.stringify(answer)}`)
  }

  question(alert: string) {
    return { vault: this.owner.vault, key: toText(this.pressKey), alert }
  }

  async press(): Promise<string> {
    const alert = newId()
    await this.done('press', { ...this.question(alert), ageMs: 0, practice: false })
    return alert
  }

  async expectState(alert: string, state: string): Promise<void> {
    const answer = PressAnswer.parse(await this.ask('status', this.question(alert)))
    if (answer.state !== state) throw new Error(`${answer.state}, not ${state}: this machine was too slow`)
  }

  disk(): Promise<Disk> {
    return dumpDisk(this.persistTo)
  }

  async rows(object: 'vault' | 'mailroom' | 'texts', table: string) {
    return (await this.disk())[object]?.[table] ?? []
  }

  async look(stage: Stage, press: string): Promise<void> {
    const messages = this.double.accepted.map(({ id }) => id)
    const texts = this.twilio.accepted.map(({ sid }) => sid)
    const sent = {
      mail: [...this.double.requests.map(({ body }) => body), ...messages],
      text: [...this.twilio.requests.flatMap((form) => [...new URLSearchParams(form)].flat()), ...texts],
      push: [
        ...this.push.requests,
        ...this.push.pushed.flatMap(({ headers, body }) => [JSON.stringify(headers), body]),
      ],
    }
    this.seen.set(stage, { disk: await this.disk(), sent, press, messages, texts })
  }

  /** Everything that hangs on a wave is over: sent, told to the vault, acknowledged. */
  async settled(mails: number): Promise<void> {
    await eventually('mails sent', () => this.double.accepted.length === mails)
    for (const room of ['mailroom', 'texts'] as const)
      await eventually('reports taken', async () => (await this.rows(room, 'reports')).length === 0)
    await eventually('the vault was told', async () =>
      (await this.rows('vault', 'deliveries')).every(({ state }) => state === 'sent'),
    )
  }

  /** The server stands still, time goes on, the server wakes up. */
  async sleep(object: 'Vault' | 'Mailroom', ms: number): Promise<void> {
    this.output += this.server.output()
    await this.server.kill()
    await age(this.persistTo, object, ms)
    await this.server.restart()
  }
}

const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the family has two contacts and a phone')
  return value
}

/** Says to be on it, as the page of an open letter does. */
const beOnIt = async (run: Run, opener: object): Promise<void> => {
  const { alert, said } = StandingAnswer.parse(await run.ask('standing', opener))
  const { pressedAt } = alert
  const { situation } = run.first.document
  const note = { v: 1, pressedAt, ...SAID } as const
  const sealed = sealNote(fromText(situation), fromText(run.owner.vault), note, random)
  await run.done('receipt', { ...opener, kind: 'on-it', pressedAt, after: said, sealed: toText(sealed) })
}

/** Both contacts read and open, and the first one is on it; she tries a wrong word before. */
const openLetters = async (run: Run): Promise<void> => {
  const { vault } = run.owner
  const { gateToken, wrongGateToken, receiptTokens } = run.secrets
  const [word, link] = run.first.document.contacts.map(({ letter }) => letter)
  for (const one of [known(word), known(link)])
    LetterAnswer.parse(await run.ask('letter', { vault, letter: one.id }))
  const { id, version } = known(word)
  const gate = { vault, letter: id, version }
  const wrong = await run.ask('word', { ...gate, gate: toText(wrongGateToken) })
  if (wrong.error !== 'wrong-word') throw new Error('the gate took a wrong word')
  await run.done('word', { ...gate, gate: toText(gateToken) })
  const receipt = { vault, kind: 'opened', version }
  await run.done('receipt', { ...receipt, letter: id, token: toText(receiptTokens.word) })
  await run.done('receipt', { ...receipt, letter: known(link).id, token: toText(receiptTokens.link) })
  await beOnIt(run, { vault, letter: id, version, token: toText(receiptTokens.word) })
}

/** As `src/client/vault/roll.ts`: the new presser comes first, then the old one goes. */
const roll = async (run: Run, closed: string[]): Promise<Secrets> => {
  const old = known(run.first.document.pressers[0])
  const fresh = newPresser(old.label, Date.now())
  const both = await seal(run.root, run.first.document, 1, rolled(run.first.document, fresh, closed))
  await run.done('commit', both.request)
  const last = await seal(run.root, both.document, 2, withoutPressers(both.document, [old.id]))
  await run.done('commit', last.request)
  const { letters } = both.request
  const next = secretsOf(run.root, { document: last.document, request: { ...last.request, letters } })
  run.pressKey = next.pressKey
  return next
}

const invitedOf = (run: Run, index: number) => ({
  vault: run.owner.vault,
  contact: known(run.first.document.contacts[index]).id,
  token: toText(known(run.secrets.joinTokens[index])),
})

/** The providers are down for a moment: what was asked for waits. */
const providersFail = (run: Run): void => {
  run.double.meet(...Array.from({ length: 4 }, () => 'internal_server_error' as const))
  run.twilio.meet(500, 500, 500)
  const { push } = known(run.first.document.contacts[1])
  if (push !== null) run.push.meet(push, 500, 500, 500)
}

/** Eusebio gives his number as well: it is confirmed by a code of its own. */
const acceptNumber = async (run: Run): Promise<void> => {
  const { id, secret, stop, language, push } = known(run.first.document.contacts[1])
  const who = invitedOf(run, 1)
  await run.done('code', { ...who, stop, address: NUMBER, language })
  await eventually('the text came', () => run.twilio.accepted.length === 1)
  const code = /\b\d{6}\b/.exec(known(run.twilio.accepted[0]).body)?.[0] ?? ''
  const answer = { v: 1, language, email: CONFIRMED[1] ?? null, sms: NUMBER, push } as const
  const sealed = toText(sealAnswer(fromText(secret), fromText(who.vault), fromText(id), 2, answer, random))
  await run.done('accept', { ...who, answers: 1, sealed, proof: { address: NUMBER, code } })
  await eventually('the room is done', async () => (await run.rows('texts', 'batches')).length === 0)
}

/** Both contacts open their invitations, correct their addresses, confirm them and answer. */
const accept = async (run: Run): Promise<void> => {
  run.double.meet(...Array.from({ length: 4 }, () => 'internal_server_error' as const))
  for (const [index, address] of CONFIRMED.entries()) {
    const { stop, language } = known(run.first.document.contacts[index])
    const who = invitedOf(run, index)
    JoinAnswer.parse(await run.ask('join', who))
    await run.done('code', { ...who, stop, address, language })
  }
  await run.look('asked', newId())
  if (run.double.accepted.length > 0) throw new Error('sent already: this machine was too slow')
  await run.settled(CONFIRMED.length)
  for (const [index, address] of CONFIRMED.entries()) {
    const { id, secret, language } = known(run.first.document.contacts[index])
    const who = invitedOf(run, index)
    const mail = known(run.double.accepted.find(({ to }) => to.includes(address)))
    const code = /\b\d{6}\b/.exec(mail.text)?.[0] ?? ''
    const answer = { v: 1, language, email: address, sms: null, push: null } as const
    const sealed = toText(sealAnswer(fromText(secret), fromText(who.vault), fromText(id), 1, answer, random))
    const wrong = { address, code: code === '000000' ? '000001' : '000000' }
    const refused = await run.ask('accept', { ...who, answers: 0, sealed, proof: wrong })
    if (refused.error !== 'wrong-code') throw new Error('a wrong code was taken')
    await run.done('accept', { ...who, answers: 0, sealed, proof: { address, code } })
  }
}

const firstAlert = async (run: Run): Promise<string> => {
  const mistaken = await run.press()
  await run.done('cancel', run.question(mistaken))
  await run.look('cancelled', mistaken)
  providersFail(run)
  const asked = run.double.requests.length
  const askedTexts = run.twilio.requests.length
  const alert = await run.press()
  await run.look('delay', alert)
  await run.expectState(alert, 'counting')
  await eventually('the provider was asked', () => run.double.requests.length > asked)
  await eventually('the text provider was asked', () => run.twilio.requests.length > askedTexts)
  await eventually('the push service was asked', () => run.push.requests.length > 0)
  await run.look('sending', alert)
  if (run.double.accepted.length > CONFIRMED.length)
    throw new Error('sent already: this machine was too slow')
  await run.settled(4)
  await openLetters(run)
  await run.look('open', alert)
  await run.done('clear', { ...run.owner, alert, key: null })
  await run.settled(6)
  await run.look('cleared', alert)
  return alert
}

const secondAlert = async (run: Run): Promise<string> => {
  const alert = await run.press()
  await run.settled(8)
  await run.sleep('Vault', 25 * HOUR_MS)
  await run.expectState(alert, 'expired')
  await run.look('expired', alert)
  return alert
}

const takeBack = async (run: Run, alerts: string[]): Promise<void> => {
  for (const alert of alerts) await run.done('withdraw', { ...run.owner, alert })
  const { id, stop } = known(run.first.document.contacts[0])
  await run.done('stop', { vault: run.owner.vault, id, token: stop, scope: 'owner' })
  await run.done('leave', invitedOf(run, 1))
  await run.sleep('Vault', 120_000)
  await run.done('alerts', run.owner)
  await eventually('old bytes are gone', async () => (await run.disk()).kv.size === 3)
}

const end = async (run: Run, press: string): Promise<void> => {
  await run.done('delete', run.owner)
  await run.look('deleted', press)
  await run.sleep('Mailroom', 8 * DAY_MS)
  // Whoever asks wakes it.
  await run.ask('stop', { vault: newId(), id: newId(), token: newId(), scope: 'all' })
  await eventually('outcomes are forgotten', async () => (await run.rows('mailroom', 'sent')).length === 0)
  await run.look('8 days on', press)
}

export const live = async (): Promise<Life> => {
  const persistTo = await mkdtemp(join(tmpdir(), 'amparo-handover-'))
  const double = new ResendDouble()
  const provider = await double.listen()
  const twilio = new TwilioRules()
  const texts = await listen((request) => twilio.answer(request))
  const push = new PushRules()
  const pushes = await listen((request) => {
    const { pathname } = new URL(request.url)
    return push.answer(`https:/${pathname}`, request)
  })
  const vapid = await newVapidKeys()
  const browser = await push.subscribe(vapid.publicKey)
  const server = await startServer({
    persistTo,
    settings: {
      AMPARO_LOCAL: null,
      AMPARO_ORIGIN: 'https://amparo.example',
      AMPARO_FROM: 'Amparo <alert@amparo.example>',
      RESEND_API_KEY: double.apiKey,
      RESEND_BASE_URL: provider.url,
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_AUTH_TOKEN: twilio.authToken,
      TWILIO_FROM: twilio.from,
      TWILIO_BASE_URL: texts.url,
      VAPID_PUBLIC_KEY: vapid.publicKey,
      VAPID_PRIVATE_KEY: vapid.privateKey,
      PUSH_BASE_URL: pushes.url,
    },
  })
  try {
    const root = random(16)
    const run = new Run(
      root,
      { double, twilio, push },
      persistTo,
      server,
      await seal(root, null, 0, newDocument(browser)),
    )
    await run.done('commit', run.first.request)
    await run.look('set up', newId())
    await accept(run)
    await acceptNumber(run)
    await run.look('accepted', newId())
    const first = await firstAlert(run)
    const second = await secondAlert(run)
    const next = await roll(run, [first, second])
    await takeBack(run, [first, second])
    await run.look('rolled', second)
    await end(run, second)
    return { root, seen: run.seen, secrets: run.secrets, next, output: run.output + server.output() }
  } finally {
    await server.stop()
    await provider.close()
    await texts.close()
    await pushes.close()
    await rm(persistTo, { recursive: true, force: true })
  }
}
