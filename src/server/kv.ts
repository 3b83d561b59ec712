import { concatBytes } from '@noble/hashes/utils.js'
import { fromText, toText } from '../protocol/bytes.ts'
import { ID_BYTES, KEY_BYTES } from '../protocol/limits.ts'

/** Sealed bytes in KV (`docs/storage.md`). A key is written once and never again: each attempt of a commit has its own. */
type Attempt = { vault: string; version: number; commit: string; attempt: string }

export const documentKey = ({ vault, version, commit, attempt }: Attempt): string =>
  `document/${vault}/${version}/${commit}.${attempt}`

export const letterKey = ({ vault, version, commit, attempt }: Attempt, letter: string): string =>
  `letter/${vault}/${letter}/${version}/${commit}.${attempt}`

/** Of a card's code: whoever has the code finds it by nothing else, so it has no attempts; its place is taken once. */
export const cardKey = (lookup: string): string => `card/${lookup}`
export const planKey = ({ vault, version, commit, attempt }: Attempt): string =>
  `plan/${vault}/${version}/${commit}.${attempt}`

/** What of the plan comes with a letter. */
export const shareKey = ({ vault, version, commit, attempt }: Attempt, letter: string): string =>
  `share/${vault}/${letter}/${version}/${commit}.${attempt}`

/** @param sealed base64url */
export const putSealed = (kv: KVNamespace, key: string, sealed: string): Promise<void> =>
  kv.put(key, fromText(sealed))

/** @returns base64url, or null where this edge has not seen the key yet, or no longer */
export const getSealed = async (kv: KVNamespace, key: string): Promise<string | null> => {
  const bytes = await kv.get(key, 'arrayBuffer')
  return bytes === null ? null : toText(new Uint8Array(bytes))
}

/** Of both slots of one guard, together: they are written once, and erased together. */
export const newShareKey = (vault: string, guard: string): string =>
  `share/${vault}/${guard}/${toText(crypto.getRandomValues(new Uint8Array(ID_BYTES)))}`

/** @param shares base64url of 32 bytes each */
export const putShares = (kv: KVNamespace, key: string, shares: readonly string[]): Promise<void> =>
  kv.put(key, concatBytes(...shares.map(fromText)))

/** @returns base64url, or null where this edge has not seen the key yet, or no longer */
export const getShare = async (kv: KVNamespace, key: string, slot: number): Promise<string | null> => {
  const bytes = await kv.get(key, 'arrayBuffer')
  return bytes === null
    ? null
    : toText(new Uint8Array(bytes).subarray(slot * KEY_BYTES, (slot + 1) * KEY_BYTES))
}
