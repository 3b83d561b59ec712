/**
 * Answers as Resend documents it: `POST /emails/batch` with `Idempotency-Key`, permissive validation, rate limit and its
 * headers, quotas, 5xx, dropped connections. It records what it has accepted, and never sends anything. No sockets: those
 * are in resend-double.ts.
 */
export type DoubleMail = { from: string; to: string; subject: string; text: string; html: string }
export type Accepted = DoubleMail & { id: string; key: string | null }

/** What the next request meets; then the one after it. `none`: nothing. */
export type Fault =
  | 'none'
  /** The connection breaks before the request was taken, or after. */
  | 'drop-before'
  | 'drop-after'
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

const STATUS: Record<Exclude<Fault, 'none' | 'drop-before' | 'drop-after' | 'html-502'>, number> = {
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
  /** In the order in which they were accepted. */
  readonly accepted: Accepted[] = []
  /** Every request that arrived, with its fault. */
  readonly requests: { key: string | null; body: string; fault: Fault }[] = []
  readonly apiKey = 're_double'
  #faults: Fault[] = []
  #answered = new Map<string, { body: string; at: number; answer: string }>()
  #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** What the coming requests meet, in this order. */
  meet(...faults: Fault[]): void {
    this.#faults.push(...faults)
  }

  /** @returns null where the connection is to be dropped without an answer */
  async answer(request: Request): Promise<Response | null> {
    const url = new URL(request.url)
    if (url.pathname !== '/emails/batch') return error(404, 'not_found')
    if (request.method !== 'POST') return error(405, 'method_not_allowed')
    const fault = this.#faults.shift() ?? 'none'
    const key = request.headers.get('idempotency-key')
    const body = await request.text()
    this.requests.push({ key, body, fault })
    if (fault === 'drop-before') return null
    if (fault === 'html-502') return new Response('<h1>Bad gateway</h1>', { status: 502 })
    if (fault !== 'none' && fault !== 'drop-after') return this.#fail(fault)
    const answer = this.#take(request, key, body)
    return fault === 'drop-after' ? null : answer
  }

  #fail(fault: keyof typeof STATUS): Response {
    const limited = {
      'retry-after': '2',
      'ratelimit-limit': '5',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '1',
    }
    return error(STATUS[fault], fault, fault === 'rate_limit_exceeded' ? limited : {})
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
    const errors = mails.flatMap((mail, index) => {
      const message = problemOf(mail)
      return message === null ? [] : [{ index, message }]
    })
    const permissive = request.headers.get('x-batch-validation') === 'permissive'
    if (errors.length > 0 && !permissive) return error(422, 'validation_error')
    const good = mails.filter((_, index) => !errors.some((one) => one.index === index)) as DoubleMail[]
    const data = good.map((mail) => {
      const id = crypto.randomUUID()
      this.accepted.push({ ...mail, id, key })
      return { id }
    })
    const answer = permissive ? { data, errors } : { data }
    if (key !== null) this.#answered.set(key, { body, at: this.#now(), answer: JSON.stringify(answer) })
    return json(200, answer)
  }
}
