import { base64 } from '@scure/base'

/** Signatures of webhooks, the Svix way: HMAC-SHA-256 over id, time and body. WebCrypto only; `now` is an argument. */
const TOLERANCE_MS = 300_000
const SIGNATURES_MAX = 10
const SECRET = /^whsec_([A-Za-z0-9+/]{16,128}={0,2})$/
const SECONDS = /^[0-9]{1,12}$/

const bytesOf = (text: string): Uint8Array | null => {
  try {
    return base64.decode(text)
  } catch {
    return null
  }
}

/** The key of `whsec_…`, or null where it is none. */
export const hookKeyOf = (secret: string): Uint8Array | null => {
  const coded = SECRET.exec(secret)?.[1]
  return coded === undefined ? null : bytesOf(coded)
}

/** Is this body from who holds `key`, and not older, or from a later time, than five minutes? */
export const isSigned = async (
  key: Uint8Array,
  headers: Headers,
  body: Uint8Array,
  now: number,
): Promise<boolean> => {
  const [id, seconds] = [headers.get('svix-id'), headers.get('svix-timestamp')]
  if (!id || !seconds || !SECONDS.test(seconds)) return false
  if (Math.abs(now - Number(seconds) * 1_000) > TOLERANCE_MS) return false
  const head = new TextEncoder().encode(`${id}.${seconds}.`)
  const signed = new Uint8Array(head.byteLength + body.byteLength)
  signed.set(head)
  signed.set(body, head.byteLength)
  const hmac = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signatures = (headers.get('svix-signature') ?? '').split(' ').slice(0, SIGNATURES_MAX)
  for (const signature of signatures) {
    const [version, coded = ''] = signature.split(',')
    const bytes = version === 'v1' ? bytesOf(coded) : null
    if (bytes !== null && (await crypto.subtle.verify('HMAC', hmac, bytes, signed))) return true
  }
  return false
}
