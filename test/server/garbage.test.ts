import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { CardFindRequest, CardPutRequest } from '../../src/protocol/card.ts'
import {
  ArmRequest,
  CheckInsRequest,
  EndRequest,
  ExtendRequest,
  ReminderCodeRequest,
  WellRequest,
} from '../../src/protocol/check-in.ts'
import { DrillRequest, ReadyRequest } from '../../src/protocol/drill.ts'
import {
  GuardOpenedRequest,
  GuardRemoveRequest,
  GuardSetRequest,
  GuardTryRequest,
} from '../../src/protocol/guard.ts'
import {
  HandGiveRequest,
  HandOfferRequest,
  HandQuestion,
  HandTakeRequest,
} from '../../src/protocol/hand-over.ts'
import { AcceptRequest, CodeRequest, JoinQuestion, LeaveRequest } from '../../src/protocol/join.ts'
import {
  LetterQuestion,
  ReceiptRequest,
  StopRequest,
  WordRequest,
} from '../../src/protocol/letter-requests.ts'
import { CARD_ENTRY_SEALED_BYTES, HANDED_SEALED_BYTES } from '../../src/protocol/limits.ts'
import { PressQuestion, PressRequest } from '../../src/protocol/press.ts'
import { CoverQuestion } from '../../src/protocol/presser.ts'
import { ROUTES, type RouteName } from '../../src/protocol/routes.ts'
import { SituationRequest } from '../../src/protocol/situation.ts'
import { StandingQuestion } from '../../src/protocol/standing.ts'
import { StepsQuestion, TickRequest } from '../../src/protocol/steps.ts'
import { ToldRequest } from '../../src/protocol/told.ts'
import { ClearRequest, CommitRequest, OwnerRequest, WithdrawRequest } from '../../src/protocol/vault.ts'
import { ask, committed, done, pressed, send } from './api.ts'
import { sealedAnswer } from './contact.ts'
import {
  commitOf,
  type Family,
  gateToken,
  joinToken,
  newId,
  newKey,
  presserToken,
  pressKey,
  random,
  receiptToken,
} from './family.ts'
import { newPhone, setBody, tryBody } from './guarded.ts'
import { dump, kvKeys, vaultOf } from './time.ts'

/** Random and mutated JSON, binary and addresses at every route: only 2xx and 4xx, and what is stored is unharmed. */
const POSTS = (Object.keys(ROUTES) as RouteName[]).filter((name) => name !== 'host')
const RUNS = { numRuns: 150 }

const SCHEMAS = {
  ...{
    commit: CommitRequest,
    open: OwnerRequest,
    delete: OwnerRequest,
    end: OwnerRequest,
    alerts: OwnerRequest,
    contacts: OwnerRequest,
    presses: OwnerRequest,
    told: ToldRequest,
    clear: ClearRequest,
    drill: DrillRequest,
    ready: ReadyRequest,
  },
  ...{ putCard: CardPutRequest, findCard: CardFindRequest },
  ...{ withdraw: WithdrawRequest, press: PressRequest, cancel: PressQuestion, status: PressQuestion },
  ...{ cover: CoverQuestion, situation: SituationRequest },
  ...{ join: JoinQuestion, code: CodeRequest, accept: AcceptRequest, leave: LeaveRequest },
  ...{
    letter: LetterQuestion,
    word: WordRequest,
    receipt: ReceiptRequest,
    standing: StandingQuestion,
    stop: StopRequest,
    plan: OwnerRequest,
    share: StandingQuestion,
    steps: StepsQuestion,
    tick: TickRequest,
  },
  ...{
    checkIns: CheckInsRequest,
    checkInArm: ArmRequest,
    checkInWell: WellRequest,
    checkInExtend: ExtendRequest,
    checkInEnd: EndRequest,
    checkInCode: ReminderCodeRequest,
  },
  ...{ guardSet: GuardSetRequest, guardTry: GuardTryRequest },
  ...{ guardOpened: GuardOpenedRequest, guardRemove: GuardRemoveRequest },
  ...{ handOffer: HandOfferRequest, handLook: HandQuestion, handGive: HandGiveRequest },
  ...{ handEnd: HandQuestion, handTake: HandTakeRequest, handTaken: HandTakeRequest },
} as const

let family: Family
let valid: Record<string, object>
let before: string

const snapshot = async (): Promise<string> =>
  JSON.stringify([await dump(vaultOf(family)), await kvKeys(family)])

beforeAll(async () => {
  family = await committed()
  const alert = await pressed(family)
  const { vault, token } = family
  const phone = newPhone(family)
  await done('guardSet', setBody(phone))
  const ana = family.contacts[0]!
  const armed = {
    ...{ vault, key: pressKey(family), checkIn: newId(), graceMs: 0, zone: 'UTC', remind: null, said: null },
    schedule: { kind: 'in', ms: 86_400_000 },
  }
  await done('checkInArm', armed)
  const ofCheckIn = { vault, token, checkIn: armed.checkIn }
  const letter = { vault, letter: toText(ana.letter) }
  const hand = { vault, id: newId() }
  const invited = { vault, contact: toText(ana.id), token: joinToken(family, ana) }
  valid = {
    commit: commitOf(family, 1),
    open: { vault, token },
    delete: { vault, token },
    end: { vault, token },
    alerts: { vault, token },
    contacts: { vault, token },
    clear: { vault, token, alert, key: null },
    withdraw: { vault, token, alert },
    drill: { vault, token, key: pressKey(family), drill: newId() },
    ready: { vault, token, key: pressKey(family) },
    press: { vault, key: pressKey(family), alert, ageMs: 0, practice: false },
    cancel: { vault, key: pressKey(family), alert },
    status: { vault, key: pressKey(family), alert },
    presses: { vault, token },
    told: { vault, token, set: null },
    cover: { vault, token: presserToken(family) },
    situation: { vault, token: presserToken(family), alert, after: 0, sealed: toText(random(553)) },
    letter,
    word: { ...letter, version: 1, gate: gateToken(family, ana) },
    receipt: { ...letter, version: 1, token: receiptToken(family, ana), kind: 'opened' },
    standing: { ...letter, version: 1, token: receiptToken(family, ana) },
    plan: { vault, token },
    share: { ...letter, version: 1, token: receiptToken(family, ana) },
    steps: { ...letter, version: 1, token: receiptToken(family, ana) },
    tick: {
      ...letter,
      ...{ version: 1, token: receiptToken(family, ana), pressedAt: 1, after: 0, sealed: 'A'.repeat(88) },
    },
    join: invited,
    code: { ...invited, stop: toText(ana.stop), address: ana.address, language: 'es' },
    accept: { ...invited, answers: 0, sealed: sealedAnswer(family, ana, 1), proof: null },
    leave: invited,
    putCard: {
      ...{ vault, token, presser: toText(family.presser.id), lookup: newId() },
      sealed: toText(new Uint8Array(CARD_ENTRY_SEALED_BYTES)),
    },
    findCard: { lookup: newId() },
    stop: { vault, id: toText(ana.id), token: toText(ana.stop), scope: 'owner' },
    checkIns: { vault, key: pressKey(family), token: null },
    checkInArm: armed,
    checkInWell: { ...ofCheckIn, round: 1 },
    checkInExtend: { ...ofCheckIn, round: 1, dueAt: 1, byMs: 60_000 },
    checkInEnd: { ...ofCheckIn, seen: 'pressed' },
    checkInCode: { vault, key: pressKey(family), checkIn: newId(), address: 'a@example.org', language: 'en' },
    guardSet: setBody(newPhone(family)),
    guardTry: tryBody(phone, phone.stretched[0]),
    guardOpened: { vault, token, guard: toText(phone.guard) },
    guardRemove: { vault, token, guard: null },
    handOffer: { ...hand, token, hash: toText(random(32)) },
    handLook: { ...hand, token },
    handGive: { ...hand, token, nonce: newId(), sealed: toText(new Uint8Array(HANDED_SEALED_BYTES)) },
    handEnd: { ...hand, token },
    handTake: { ...hand, token: toText(random(32)), nonce: newId() },
    handTaken: { ...hand, token: toText(random(32)), nonce: newId() },
  }
  // Deliveries settle, so that only garbage could change something from here on.
  for (let round = 0; round < 250; round += 1) {
    const { deliveries } = await dump(vaultOf(family))
    if (deliveries?.every(({ state }) => state === 'sent')) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  before = await snapshot()
})

const decent = async (response: Response): Promise<void> => {
  const text = await response.text()
  if (response.status >= 500 || response.status < 200) throw new Error(`${response.status} ${text}`)
  if (response.status >= 300 && response.status < 400) throw new Error(`a redirect: ${response.status}`)
}

/** One value somewhere in a valid body replaced, one member dropped, doubled or added. */
const mutate = (body: object, path: number, value: unknown, how: number): unknown => {
  const copy = structuredClone(body) as Record<string, unknown>
  const names = Object.keys(copy)
  const name = names[path % names.length] as string
  if (how === 0) delete copy[name]
  else if (how === 1) copy[`${name}x`] = copy[name]
  else if (how === 2) copy[name] = [copy[name]]
  else if (how === 3 && typeof copy[name] === 'string') copy[name] = `${copy[name]}A`
  else copy[name] = value
  return copy
}

describe('garbage', () => {
  test('JSON of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...POSTS), fc.json({ maxDepth: 5 }), async (route, body) => {
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
        await decent(await send(ROUTES[route], init))
      }),
      RUNS,
    )
  })

  test('valid bodies with one thing changed', async () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(-1, 2 ** 53, 1.5, Number.MAX_VALUE, '', 'A'.repeat(22), null),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...POSTS),
        fc.nat(),
        value,
        fc.nat(6),
        async (route, path, changed, how) => {
          const body = mutate(valid[route]!, path, changed, how)
          // By chance another valid request, which is none of this test's.
          fc.pre(!SCHEMAS[route as keyof typeof SCHEMAS].safeParse(body).success)
          const init = {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }
          const response = await send(ROUTES[route], init)
          expect(response.status).not.toBe(200)
          await decent(response)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('the right shape with the wrong secret', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...POSTS), async (route) => {
        const body = structuredClone(valid[route]) as Record<string, unknown>
        for (const name of ['token', 'key', 'gate', ...(route === 'guardTry' ? ['device'] : [])]) {
          if (typeof body[name] === 'string') body[name] = route === 'stop' ? newId() : newKey()
        }
        if (route === 'letter') body.letter = newId()
        const answer = await ask(route, body)
        expect(['unknown', 'wrong-word', 'wait']).toContain(answer.body.error)
      }),
      RUNS,
    )
  })

  test('bytes that are no text, under any content type, with a lying length', async () => {
    const header = fc.constantFrom(
      'application/json',
      'text/html',
      'application/json; charset=utf-8',
      'x',
      '',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...POSTS),
        fc.uint8Array({ maxLength: 6_000 }),
        header,
        async (route, bytes, type) => {
          await decent(
            await send(ROUTES[route], { method: 'POST', headers: { 'content-type': type }, body: bytes }),
          )
        },
      ),
      RUNS,
    )
  })

  test('JSON nested as deeply as the limit allows', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      for (const route of ['press', 'commit'] as const) {
        const depth = (route === 'commit' ? 1_000_000 : 4_000) / (open.length + 1)
        const body = `${open.repeat(depth)}1${close.repeat(depth)}`
        await decent(
          await send(ROUTES[route], {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          }),
        )
      }
    }
  })

  test('any address, with any method', async () => {
    const part = fc.oneof(
      fc.webPath(),
      fc.string(),
      fc.constantFrom('../', '%00', '%2e%2e/', '..%2f', '\\', '?a=b', '#x', 'é'),
    )
    const path = fc.tuple(fc.constantFrom('/api/', '/api/v1/', '/api/v1/press', '/outbox', '/outbox/'), part)
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND')
    await fc.assert(
      fc.asyncProperty(path, method, async ([start, rest], how) => {
        await decent(await send(`${start}${rest}`, { method: how }))
      }),
      RUNS,
    )
  })

  test('afterwards nothing of the family has changed but guesses that were counted, and all of it still works', async () => {
    const forget = (text: string): string =>
      text.replaceAll(/"gate_state":("(?:\\.|[^"\\])*"|null)/g, '"gate_state":null')
    expect(forget(await snapshot())).toBe(forget(before))
    expect((await ask('status', valid.status)).body).toMatchObject({ ok: true, state: 'open' })
    expect((await ask('letter', valid.letter)).status).toBe(200)
    expect((await ask('open', valid.open)).body.version).toBe(1)
    expect((await ask('join', valid.join)).body).toMatchObject({ ok: true, state: 'invited', answers: 0 })
    expect((await ask('commit', valid.commit)).body).toEqual({ ok: true, version: 2 })
  })
})
