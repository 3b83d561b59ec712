/**
 * Answers as Resend documents it: `POST /emails/batch` with `Idempotency-Key`, permissive validation, rate limit and
 * quotas with their headers, 5xx, dropped and hanging connections. It records what it has accepted, and never sends anything.
 * No sockets: those are in resend-double.ts.
 */
export type DoubleMail = { from: string; to: string; subject: string; text: string; html: string }
export type Accepted = DoubleMail & { id: string; key: string | null; at: number }

/** What the next request meets; then the one after it. `none`: nothing. */
export type Fault =
  | 'none'
  /** The connection breaks before the request was taken, or after. */
  | 'drop-before'
  | 'drop-after'
  /** No answer ever comes; it was taken, or not. */
  | 'hang-before'
  | 'hang-after'
  | 'internal_server_error'
  /** A proxy's page instead of the API's JSON. */
  | 'html-502'
  | 'rate_limit_exceeded'
  | 'daily_quota_exceeded'
  | 'monthly_quota_exceeded'
  | 'concurrent_idempotent_requests'
  | 'invalid_api_key'
  | 'restricted_api_key'
  | 'invalid_from_address'
  | 'validation_error'

/** What passes by itself: trying again helps. */
export const TRANSIENT = [
  ...([
    'drop-before',
    'drop-after',
    'hang-before',
    'hang-after',
    'internal_server_error',
    'html-502',
  ] as const),
  ...(['rate_limit_exceeded', 'concurrent_idempotent_requests'] as const),
] satisfies Fault[]

export type Limits = {
  perSecond: number
  /** Messages; the day's is counted in the headers of a free account only. */
  day: number
  month: number
  free: boolean
  /** A mail for whose sake the whole request is refused, however permissive. */
  spoils: (mail: Partial<DoubleMail>) => boolean
}
const NO_LIMITS: Limits = {
  ...{ perSecond: Number.POSITIVE_INFINITY, day: Number.POSITIVE_INFINITY, month: Number.POSITIVE_INFINITY },
  ...{ free: false, spoils: () => false },
}

const STATUS: Record<
  Exclude<Fault, 'none' | 'drop-before' | 'drop-after' | 'hang-before' | 'hang-after' | 'html-502'>,
  number
> = {
  internal_server_error: 500,
  rate_limit_exceeded: 429,
  daily_quota_exceeded: 429,
  monthly_quota_exceeded: 429,
  concurrent_idempotent_requests: 409,
  invalid_api_key: 403,
  restricted_api_key: 401,
  invalid_from_address: 422,
  validation_error: 422,
}

const KEY_LIFE_MS = 24 * 3_600_000
const BATCH_MAX = 100
const WINDOW_MS = 1_000
const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const error = (status: number, name: string, headers: Record<string, string> = {}): Response =>
  json(status, { statusCode: status, name, message: name }, headers)

const problemOf = (mail: Partial<DoubleMail>): string | null => {
  if (typeof mail.from !== 'string' || !/@/.test(mail.from)) return 'Invalid `from` field.'
  if (typeof mail.to !== 'string' || !ADDRESS.test(mail.to)) return 'Invalid `to` field.'
  if (typeof mail.subject !== 'string') return 'Missing `subject` field.'
  return typeof mail.text === 'string' || typeof mail.html === 'string'
    ? null
    : 'Missing `html` or `text` field.'
}

export class ResendRules {
  /** In the order in which they were accepted, each with the instant. */
  readonly accepted: Accepted[] = []
  /** Every request that arrived, with its fault and the instant. */
  readonly requests: { key: string | null; body: string; fault: Fault; at: number }[] = []
  readonly apiKey = 're_double'
  readonly limits: Limits
  #faults: Fault[] = []
  #byChance: () => Fault = () => 'none'
  #answered = new Map<string, { body: string; at: number; answer: string }>()
  #now: () => number
  #window = { from: Number.NEGATIVE_INFINITY, requests: 0 }

  constructor(now: () => number = Date.now, limits: Partial<Limits> = {}) {
    this.#now = now
    this.limits = { ...NO_LIMITS, ...limits }
  }

  /** What the coming requests meet, in this order. */
  meet(...faults: Fault[]): void {
    this.#faults.push(...faults)
  }

  /** What a request meets for which nothing else was said. */
  meetByChance(chance: () => Fault): void {
    this.#byChance = chance
  }

  /** @returns `dropped` and `hanging` where no answer comes */
  async answer(request: Request): Promise<Response | 'dropped' | 'hanging'> {
    const url = new URL(request.url)
    if (url.pathname !== '/emails/batch') return error(404, 'not_found')
    if (request.method !== 'POST') return error(405, 'method_not_allowed')
    const fault = this.#faults.shift() ?? this.#byChance()
    const key = request.headers.get('idempotency-key')
    const body = await request.text()
    this.requests.push({ key, body, fault, at: this.#now() })
    if (fault === 'drop-before') return 'dropped'
    if (fault === 'hang-before') return 'hanging'
    if (fault === 'html-502') return new Response('<h1>Bad gateway</h1>', { status: 502 })
    const answer = this.#isTooFast()
      ? this.#fail('rate_limit_exceeded')
      : this.#answer(request, fault, key, body)
    if (fault === 'drop-after') return 'dropped'
    if (fault === 'hang-after') return 'hanging'
    for (const [name, value] of Object.entries(this.#told())) answer.headers.set(name, value)
    return answer
  }

  #answer(request: Request, fault: Fault, key: string | null, body: string): Response {
    return fault in STATUS ? this.#fail(fault as keyof typeof STATUS) : this.#take(request, key, body)
  }

  /** Counts in windows of one second, the first of which begins with the first request. */
  #isTooFast(): boolean {
    const now = this.#now()
    if (now >= this.#window.from + WINDOW_MS) this.#window = { from: now, requests: 0 }
    this.#window.requests += 1
    return this.#window.requests > this.limits.perSecond
  }

  #countSince(from: number): number {
    let count = 0
    for (let at = this.accepted.length - 1; at >= 0 && (this.accepted[at]?.at ?? 0) >= from; at -= 1)
      count += 1
    return count
  }

  #used(): { day: number; month: number } {
    const now = new Date(this.#now())
    const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
    return {
      day: this.#countSince(Date.UTC(year, month, day)),
      month: this.#countSince(Date.UTC(year, month, 1)),
    }
  }

  #told(): Record<string, string> {
    const { perSecond, free, month } = this.limits
    const headers: Record<string, string> = {}
    if (perSecond !== Number.POSITIVE_INFINITY) {
      headers['ratelimit-limit'] = String(perSecond)
      headers['ratelimit-remaining'] = String(Math.max(0, perSecond - this.#window.requests))
      headers['ratelimit-reset'] = '1'
    }
    if (!free && month === Number.POSITIVE_INFINITY) return headers
    const used = this.#used()
    if (free) headers['x-resend-daily-quota'] = String(used.day)
    return { ...headers, 'x-resend-monthly-quota': String(used.month) }
  }

  #fail(fault: keyof typeof STATUS): Response {
    const asked: Record<string, string> = { 'retry-after': fault === 'rate_limit_exceeded' ? '1' : '2' }
    return error(
      STATUS[fault],
      fault,
      ['rate_limit_exceeded', 'concurrent_idempotent_requests'].includes(fault) ? asked : {},
    )
  }

  #take(request: Request, key: string | null, body: string): Response {
    const bearer = request.headers.get('authorization')
    if (bearer === null) return error(401, 'missing_api_key')
    if (bearer !== `Bearer ${this.apiKey}`) return error(403, 'invalid_api_key')
    if (key !== null && (key.length < 1 || key.length > 256)) return error(400, 'invalid_idempotency_key')
    const known = key === null ? undefined : this.#answered.get(key)
    if (known !== undefined && this.#now() < known.at + KEY_LIFE_MS) {
      return known.body === body
        ? json(200, JSON.parse(known.answer))
        : error(409, 'invalid_idempotent_request')
    }
    let mails: Partial<DoubleMail>[]
    try {
      mails = JSON.parse(body)
    } catch {
      return error(422, 'validation_error')
    }
    if (!Array.isArray(mails) || mails.length === 0 || mails.length > BATCH_MAX)
      return error(422, 'validation_error')
    if (mails.some(this.limits.spoils)) return error(422, 'validation_error')
    const used = this.#used()
    if (used.month + mails.length > this.limits.month) return error(429, 'monthly_quota_exceeded')
    if (used.day + mails.length > this.limits.day) return error(429, 'daily_quota_exceeded')
    const errors = mails.flatMap((mail, index) => {
      const message = problemOf(mail)
      return message === null ? [] : [{ index, message }]
    })
    const permissive = request.headers.get('x-batch-validation') === 'permissive'
    if (errors.length > 0 && !permissive) return error(422, 'validation_error')
    const good = mails.filter((_, index) => !errors.some((one) => one.index === index)) as DoubleMail[]
    const data = good.map((mail) => {
      const id = crypto.randomUUID()
      this.accepted.push({ ...mail, id, key, at: this.#now() })
      return { id }
    })
    const answer = permissive ? { data, errors } : { data }
    if (key !== null) this.#answered.set(key, { body, at: this.#now(), answer: JSON.stringify(answer) })
    return json(200, answer)
  }
}
