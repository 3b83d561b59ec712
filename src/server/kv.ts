import { fromText, toText } from '../protocol/bytes.ts'

/** Sealed bytes in KV (`docs/storage.md`). A key is written once and never again: each attempt of a commit has its own. */
type Attempt = { vault: string; version: number; commit: string; attempt: string }

export const documentKey = ({ vault, version, commit, attempt }: Attempt): string =>
  `document/${vault}/${version}/${commit}.${attempt}`

export const letterKey = ({ vault, version, commit, attempt }: Attempt, letter: string): string =>
  `letter/${vault}/${letter}/${version}/${commit}.${attempt}`

/** Of a card's code: whoever has the code finds it by nothing else, so it has no attempts; its place is taken once. */
export const cardKey = (lookup: string): string => `card/${lookup}`

/** @param sealed base64url */
export const putSealed = (kv: KVNamespace, key: string, sealed: string): Promise<void> =>
  kv.put(key, fromText(sealed))

/** @returns base64url, or null where this edge has not seen the key yet, or no longer */
export const getSealed = async (kv: KVNamespace, key: string): Promise<string | null> => {
  const bytes = await kv.get(key, 'arrayBuffer')
  return bytes === null ? null : toText(new Uint8Array(bytes))
}
