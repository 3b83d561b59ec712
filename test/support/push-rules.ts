import { toText } from '../../src/protocol/bytes.ts'
import type { PushTarget } from '../../src/protocol/channel.ts'

/**
 * Answers as a push service (RFC 8030) for browsers of its own: checks the host's signature (RFC 8292), opens what came as the
 * browser would (RFC 8291), and keeps it. No sockets: those are in push-double.ts.
 */
export type PushFault = 'none' | 'drop-before' | 'drop-after' | 400 | 403 | 404 | 410 | 413 | 429 | 500
export type Pushed = {
  endpoint: string
  /** What the push service sees beside the endpoint. */
  headers: Record<string, string>
  body: Uint8Array
  /** What only the browser sees. */
  payload: unknown
}

type Browser = { target: PushTarget; keys: CryptoKeyPair; auth: Uint8Array; hostKey: string }

const EC = { name: 'ECDH', namedCurve: 'P-256' } as const
const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
const join = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

const hkdf = async (salt: Uint8Array, ikm: Uint8Array, info: Uint8Array, length: number) => {
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(ikm), 'HKDF', false, ['deriveBits'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: Uint8Array.from(salt), info: Uint8Array.from(info) }
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8))
}

/** A host's pair, as `VAPID_PUBLIC_KEY` and `VAPID_PRIVATE_KEY` have it. */
export const newVapidKeys = async (): Promise<{ publicKey: string; privateKey: string }> => {
  const pair = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const raw = (await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer
  const jwk = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JsonWebKey
  return { publicKey: toText(new Uint8Array(raw)), privateKey: jwk.d ?? '' }
}

export class PushRules {
  /** What was accepted, in that order. */
  readonly pushed: Pushed[] = []
  /** Every request that arrived, by endpoint. */
  readonly requests: string[] = []
  readonly #browsers = new Map<string, Browser>()
  readonly #faults = new Map<string, PushFault[]>()

  /** A browser says yes to this host. @param hostKey the host's public key */
  async subscribe(hostKey: string, origin = 'https://fcm.googleapis.com'): Promise<PushTarget> {
    const keys = (await crypto.subtle.generateKey(EC, true, ['deriveBits'])) as CryptoKeyPair
    const raw = (await crypto.subtle.exportKey('raw', keys.publicKey)) as ArrayBuffer
    const auth = random(16)
    const target = {
      endpoint: `${origin}/fcm/send/${toText(random(24))}`,
      p256dh: toText(new Uint8Array(raw)),
      auth: toText(auth),
    }
    this.#browsers.set(target.endpoint, { target, keys, auth, hostKey })
    return target
  }

  /** What the coming requests for this browser meet, in this order. */
  meet({ endpoint }: PushTarget, ...faults: PushFault[]): void {
    this.#faults.set(endpoint, [...(this.#faults.get(endpoint) ?? []), ...faults])
  }

  /** The browser was wiped. */
  forget({ endpoint }: PushTarget): void {
    this.#browsers.delete(endpoint)
  }

  /** What came to this browser. */
  to({ endpoint }: PushTarget): Pushed[] {
    return this.pushed.filter((one) => one.endpoint === endpoint)
  }

  /** @returns null where the connection is to be dropped without an answer */
  async answer(endpoint: string, request: Request): Promise<Response | null> {
    this.requests.push(endpoint)
    const fault = this.#faults.get(endpoint)?.shift() ?? 'none'
    if (fault === 'drop-before') return null
    if (typeof fault === 'number')
      return new Response(null, { status: fault, headers: fault === 429 ? { 'retry-after': '7' } : {} })
    const status = await this.#take(endpoint, request)
    return fault === 'drop-after' ? null : new Response(null, { status })
  }

  async #take(endpoint: string, request: Request): Promise<number> {
    const { headers } = request
    if (request.method !== 'POST') return 405
    const browser = this.#browsers.get(endpoint)
    if (browser === undefined) return 410
    if (!/^[1-9][0-9]*$/.test(headers.get('ttl') ?? '')) return 400
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(headers.get('topic') ?? 'none')) return 400
    if (headers.get('content-encoding') !== 'aes128gcm') return 400
    if (!(await this.#isSigned(endpoint, headers.get('authorization') ?? '', browser.hostKey))) return 403
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.length > 4_096) return 413
    this.pushed.push({
      endpoint,
      headers: Object.fromEntries(headers),
      body,
      payload: JSON.parse(new TextDecoder().decode(await open(browser, body))),
    })
    return 201
  }

  async #isSigned(endpoint: string, authorization: string, hostKey: string): Promise<boolean> {
    const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? []
    if (key !== hostKey) return false
    const [head = '', claims = '', signature = ''] = token.split('.')
    const { aud, exp, sub } = JSON.parse(new TextDecoder().decode(bytesOf(claims)))
    const now = Date.now() / 1_000
    if (aud !== new URL(endpoint).origin || exp < now || exp > now + 86_400) return false
    if (!/^(https:|mailto:)/.test(sub)) return false
    const ec = { name: 'ECDSA', namedCurve: 'P-256' }
    const publicKey = await crypto.subtle.importKey('raw', bytesOf(hostKey), ec, false, ['verify'])
    const how = { name: 'ECDSA', hash: 'SHA-256' }
    const said = Uint8Array.from(utf8(`${head}.${claims}`))
    return crypto.subtle.verify(how, publicKey, bytesOf(signature), said)
  }
}

/** RFC 8188 and 8291, one record. */
const open = async ({ target, keys, auth }: Browser, body: Uint8Array): Promise<Uint8Array> => {
  const [salt, server, sealed] = [body.slice(0, 16), body.slice(21, 86), body.slice(86)]
  const serverKey = await crypto.subtle.importKey('raw', server, EC, false, [])
  const how = { name: 'ECDH', public: serverKey }
  const shared = new Uint8Array(await crypto.subtle.deriveBits(how, keys.privateKey, 256))
  const info = join(utf8('WebPush: info\0'), bytesOf(target.p256dh), server)
  const ikm = await hkdf(auth, shared, info, 32)
  const raw = await hkdf(salt, ikm, utf8('Content-Encoding: aes128gcm\0'), 16)
  const iv = await hkdf(salt, ikm, utf8('Content-Encoding: nonce\0'), 12)
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed))
  return plain.slice(0, plain.lastIndexOf(2))
}
