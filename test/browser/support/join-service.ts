import type { BrowserContext, Page, Route } from 'playwright-core'
import { random } from '../../../src/client/vault/random.ts'
import { joinTokenOf, openAnswer, sealAnswer, sealInvitation } from '../../../src/crypto/invitation.ts'
import { fromText, toText } from '../../../src/protocol/bytes.ts'
import { type ErrorCode, STATUS_OF } from '../../../src/protocol/codes.ts'
import type { Language } from '../../../src/protocol/fields.ts'
import type { HostAnswer } from '../../../src/protocol/host.ts'
import type { ContactAnswer } from '../../../src/protocol/invitation.ts'
import {
  AcceptRequest,
  CodeRequest,
  type JoinAnswer,
  JoinQuestion,
  LeaveRequest,
} from '../../../src/protocol/join.ts'
import { encodeLink } from '../../../src/protocol/link.ts'
import { ROUTES } from '../../../src/protocol/routes.ts'

/**
 * Stands in for the service's side of an invitation (`protocol.md §7.5`), for what the page does with its answers. What the service
 * itself does is tested where it is.
 */
export type InvitationOptions = {
  vault?: Uint8Array
  contact?: Uint8Array
  secret?: Uint8Array
  stop?: string
  from?: string
  to?: string
  language?: Language
  email?: string | null
  letters?: JoinAnswer['letters']
}

const VERSION = 1

export class Invited {
  readonly vault: Uint8Array
  readonly contact: Uint8Array
  readonly secret: Uint8Array
  readonly stop: string
  readonly token: string
  sealed: string
  state: JoinAnswer['state'] = 'invited'
  answers = 0
  answer: string | null = null
  letters: JoinAnswer['letters']
  code: string | null = null
  hasLeft = false
  readonly #options: InvitationOptions
  readonly codesTo: string[] = []

  constructor(options: InvitationOptions) {
    this.vault = options.vault ?? random(16)
    this.contact = options.contact ?? random(16)
    this.secret = options.secret ?? random(16)
    this.stop = options.stop ?? toText(random(16))
    this.letters = options.letters ?? []
    this.token = toText(joinTokenOf(this.secret, this.vault, this.contact))
    this.#options = options
    this.sealed = this.#invitation(options)
  }

  #invitation(options: InvitationOptions, taken = 0): string {
    return toText(
      sealInvitation(
        this.secret,
        this.vault,
        this.contact,
        VERSION,
        {
          v: 1,
          from: options.from ?? 'Ana María',
          to: options.to ?? 'Rosa',
          language: options.language ?? 'es',
          email: options.email === undefined ? 'rosa@example.com' : options.email,
          taken,
          hotline: 'us-migrawatch',
          stop: this.stop,
        },
        random,
      ),
    )
  }

  /** Has accepted before the page was opened. */
  accepts(said: Partial<ContactAnswer> = {}): void {
    const answer: ContactAnswer = {
      ...{ v: 1, language: 'es', email: 'rosa@example.com', sms: null, push: null },
      ...said,
    }
    this.answers += 1
    this.answer = toText(sealAnswer(this.secret, this.vault, this.contact, this.answers, answer, random))
    this.state = 'accepted'
  }

  /** The owner's phone has read the answer, and committed it. */
  takenOver(): void {
    const said = this.said()
    if (said === null) throw new Error('nothing was answered')
    const { language, email } = said
    this.sealed = this.#invitation({ ...this.#options, language, email }, this.answers)
  }

  get link(): string {
    return `/join#${encodeLink({ kind: 'join', vault: this.vault, id: this.contact, secret: this.secret })}`
  }

  /** What the contact has said last, as the owner reads it. */
  said(): ContactAnswer | null {
    if (this.answer === null) return null
    return openAnswer(this.secret, this.vault, this.contact, this.answers, fromText(this.answer))
  }
}

export type JoinService = {
  invite(options?: InvitationOptions): Invited
  /** Routes that were asked, in their order. */
  asked: string[]
  /** The next request to `route` is refused so. */
  refuseNext(route: string, error: ErrorCode, more?: object): void
  /** What was asked of `route` is done, and its answer is lost. */
  loseNext(route: string): void
  host: HostAnswer
}

export const joinService = async (context: BrowserContext): Promise<JoinService> => {
  const invited: Invited[] = []
  const refusals: { route: string; error: ErrorCode; more: object }[] = []
  const lost: string[] = []
  const service: JoinService = {
    invite: (options = {}) => {
      const one = new Invited(options)
      invited.push(one)
      return one
    },
    asked: [],
    refuseNext: (route, error, more = {}) => refusals.push({ route, error, more }),
    loseNext: (route) => lost.push(route),
    host: {
      ok: true,
      ready: true,
      sender: 'avisos@amparo.example',
      turnstile: null,
      push: null,
      channels: ['email'],
      missing: [],
    },
  }

  type Answer = object | { error: ErrorCode }
  const answerTo = (route: string, body: unknown): Answer => {
    const question = JoinQuestion.parse({
      vault: (body as JoinQuestion).vault,
      contact: (body as JoinQuestion).contact,
      token: (body as JoinQuestion).token,
    })
    const one = invited.find(
      ({ token, contact }) => token === question.token && toText(contact) === question.contact,
    )
    if (one === undefined) return { error: 'unknown' }
    switch (route) {
      case ROUTES.join: {
        JoinQuestion.parse(body)
        const { sealed, state, answers, answer, letters } = one
        return { ok: true, version: VERSION, sealed, state, answers, answer, letters } satisfies JoinAnswer
      }
      case ROUTES.code: {
        const { address, stop } = CodeRequest.parse(body)
        if (stop !== one.stop) return { error: 'unknown' }
        one.code = String(100_000 + one.codesTo.length)
        one.codesTo.push(address)
        return { ok: true }
      }
      case ROUTES.accept: {
        const { answers, sealed, proof } = AcceptRequest.parse(body)
        if (one.answer === sealed && answers === one.answers - 1) return { ok: true }
        if (answers !== one.answers) return { error: 'conflict', version: one.answers }
        if (proof !== null && proof.code !== one.code) return { error: 'wrong-code' }
        one.answers += 1
        one.answer = sealed
        one.state = 'accepted'
        one.code = null
        return { ok: true }
      }
      case ROUTES.leave: {
        LeaveRequest.parse(body)
        one.hasLeft = true
        one.state = 'left'
        return { ok: true }
      }
    }
    throw new Error(`not a route of an invitation: ${route}`)
  }

  const fulfil = (route: Route, answer: Answer): Promise<void> =>
    route.fulfill({
      status: 'error' in answer ? STATUS_OF[answer.error] : 200,
      contentType: 'application/json',
      body: JSON.stringify(answer),
    })
  for (const address of [ROUTES.join, ROUTES.code, ROUTES.accept, ROUTES.leave]) {
    await context.route(`**${address}`, async (route) => {
      service.asked.push(address)
      const refused = refusals.findIndex((one) => one.route === address)
      if (refused !== -1) {
        const [{ error, more } = { error: 'try-again' as const, more: {} }] = refusals.splice(refused, 1)
        return fulfil(route, { error, ...more })
      }
      const answer = answerTo(address, route.request().postDataJSON())
      const isLost = lost.indexOf(address)
      if (isLost === -1) return fulfil(route, answer)
      lost.splice(isLost, 1)
      return route.abort()
    })
  }
  await context.route(`**${ROUTES.host}`, (route) => fulfil(route, service.host))
  return service
}

/** Types the code that the service has mailed; the field comes once it has. */
export const typeCode = async (page: Page, one: Invited): Promise<void> => {
  const field = page.locator('#code')
  await field.waitFor()
  await field.fill(one.code ?? '')
}
