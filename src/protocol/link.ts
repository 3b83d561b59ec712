import { sha256 } from '@noble/hashes/sha2.js'
import { createBase58check } from '@scure/base'
import { ID_BYTES, SECRET_BYTES } from './limits.ts'

/**
 * Links (`protocol.md §10`): behind the `#` one base58check string over
 * `version ‖ kind ‖ vault id (16) ‖ id (16) [‖ secret (16)]`. Letters and digits only, so that no messenger cuts it; the
 * checksum tells a damaged link from a dead one. Pure: no I/O, no address bar.
 */
const base58check = createBase58check(sha256)
const LINK_VERSION = 1
const BARE_BYTES = 2 + 2 * ID_BYTES
const FULL_BYTES = BARE_BYTES + SECRET_BYTES

const KIND_BYTE = { letter: 1, join: 2, press: 3, stop: 4, 'hand-over': 5 } as const
export type LinkKind = keyof typeof KIND_BYTE

/** `secret` is null where the link opens nothing by itself. */
export type Link = { kind: LinkKind; vault: Uint8Array; id: Uint8Array; secret: Uint8Array | null }

/** @throws RangeError on a wrong length */
export const encodeLink = ({ kind, vault, id, secret }: Link): string => {
  if (vault.length !== ID_BYTES || id.length !== ID_BYTES) throw new RangeError('ids are 16 bytes')
  if (secret !== null && secret.length !== SECRET_BYTES) throw new RangeError('a link secret is 16 bytes')
  const payload = new Uint8Array(secret === null ? BARE_BYTES : FULL_BYTES)
  payload.set([LINK_VERSION, KIND_BYTE[kind]])
  payload.set(vault, 2)
  payload.set(id, 2 + ID_BYTES)
  if (secret !== null) payload.set(secret, BARE_BYTES)
  return base58check.encode(payload)
}

/**
 * Reads what stands behind the `#`. Forgives white space around it and percent-encoding of nothing else.
 * @returns the link, or null if it is damaged, of another version or of another kind than `kind`
 */
export const decodeLink = (kind: LinkKind, fragment: string): Link | null => {
  let payload: Uint8Array
  try {
    payload = base58check.decode(fragment.replace(/^#/, '').trim())
  } catch {
    return null
  }
  if (payload.length !== BARE_BYTES && payload.length !== FULL_BYTES) return null
  if (payload[0] !== LINK_VERSION || payload[1] !== KIND_BYTE[kind]) return null
  return {
    kind,
    vault: payload.slice(2, 2 + ID_BYTES),
    id: payload.slice(2 + ID_BYTES, BARE_BYTES),
    secret: payload.length === FULL_BYTES ? payload.slice(BARE_BYTES) : null,
  }
}
