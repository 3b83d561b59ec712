/**
 * Answers as Twilio documents it: `POST …/Messages.json` with basic authentication and a form, error codes, no idempotency: the same
 * request again is another message. It records what it has accepted, and signs what it reports later. No sockets.
 */
export type Text = {
  sid: string
  to: string
  from: string
  body: string
  statusUrl: string | null
  form: string
}

/** What the next request meets; then the one after it. A number is an error code. */
export type TwilioFault = 'none' | 'drop-before' | 'drop-after' | 'html-502' | 500 | number

/** HTTP status by error code, where it is not 400. */
const STATUS: Record<number, number> = { 20003: 401, 20404: 404, 20429: 429 }

const hex = (length: number): string =>
  [...crypto.getRandomValues(new Uint8Array(length))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
const error = (code: number): Response => {
  const status = STATUS[code] ?? 400
  return json(
    status,
    { code, message: 'an error', more_info: `https://www.twilio.com/docs/errors/${code}`, status },
    status === 429 ? { 'retry-after': '3' } : {},
  )
}

export class TwilioRules {
  readonly accountSid = `AC${'0'.repeat(31)}1`
  readonly authToken = 'twilio-double-token-0123456789ab'
  readonly from = '+15550100'
  /** In the order in which they were accepted. */
  readonly accepted: Text[] = []
  /** The forms of all requests. */
  readonly requests: string[] = []
  #faults: TwilioFault[] = []

  /** What the coming requests meet, in this order. */
  meet(...faults: TwilioFault[]): void {
    this.#faults.push(...faults)
  }

  to(number: string): Text[] {
    return this.accepted.filter(({ to }) => to === number)
  }

  /** @returns null where the connection is to be dropped without an answer */
  async answer(request: Request): Promise<Response | null> {
    const { pathname } = new URL(request.url)
    const form = new TextDecoder().decode(await request.arrayBuffer())
    const fault = this.#faults.shift() ?? 'none'
    this.requests.push(form)
    if (fault === 'drop-before') return null
    if (fault === 'html-502') return new Response('<h1>Bad gateway</h1>', { status: 502 })
    if (fault === 500) return json(500, { code: 20500, message: 'Internal Server Error', status: 500 })
    if (typeof fault === 'number') return error(fault)
    if (request.method !== 'POST' || pathname !== `/2010-04-01/Accounts/${this.accountSid}/Messages.json`)
      return error(20404)
    if (request.headers.get('authorization') !== `Basic ${btoa(`${this.accountSid}:${this.authToken}`)}`)
      return error(20003)
    const answer = this.#take(new URLSearchParams(form), form)
    return fault === 'drop-after' ? null : answer
  }

  #take(params: URLSearchParams, form: string): Response {
    const [to, body] = [params.get('To') ?? '', params.get('Body') ?? '']
    const from = params.get('From') ?? params.get('MessagingServiceSid') ?? ''
    if (!/^\+[1-9][0-9]{6,14}$/.test(to)) return error(21211)
    if (from !== this.from) return error(21606)
    if (body === '') return error(21602)
    if (body.length > 1_600) return error(21617)
    const sid = `SM${hex(16)}`
    this.accepted.push({ sid, to, from, body, statusUrl: params.get('StatusCallback'), form })
    return json(201, { sid, status: 'queued', error_code: null, body: '', num_segments: '1' })
  }

  /** The status callback of a message, as Twilio sends it. @param url what was given, where a test does not say another */
  async report(
    { sid, to, from, statusUrl }: Text,
    status: string,
    errorCode: number | null = null,
    url = statusUrl ?? '',
  ): Promise<Request> {
    const params = new URLSearchParams({
      ...{ AccountSid: this.accountSid, ApiVersion: '2010-04-01', From: from, MessageSid: sid },
      ...{ MessageStatus: status, SmsSid: sid, SmsStatus: status, To: to },
      ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
    })
    return new Request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-twilio-signature': await signatureOf(this.authToken, url, params),
      },
      body: params.toString(),
    })
  }
}

export const signatureOf = async (token: string, url: string, params: URLSearchParams): Promise<string> => {
  const names = [...new Set(params.keys())].sort()
  const said = new TextEncoder().encode(url + names.map((name) => name + params.get(name)).join(''))
  const how = { name: 'HMAC', hash: 'SHA-1' }
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(token), how, false, ['sign'])
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, said))
  return btoa(String.fromCharCode(...bytes))
}
