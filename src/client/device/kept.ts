import * as z from 'zod/mini'
import { Id, OwnerName, Secret, Version } from '../../protocol/fields.ts'

/**
 * What a contact's browser keeps (`protocol.md §4.5`, §6): the secrets of the invitations that were opened here, and the highest
 * version seen of each letter. A convenience, never the only copy: the invitation in the chat brings it back. Nothing here is
 * ever dropped on a server's word.
 */
export const Kept = z.strictObject({ vault: Id, contact: Id, secret: Secret, from: OwnerName })
export type Kept = z.infer<typeof Kept>

const Seen = z.strictObject({ letter: Id, version: Version })

const KEPT_KEY = 'amparo/invitations'
const SEEN_KEY = 'amparo/letters-seen'
const KEPT_MAX = 60
/** An old and a new invitation of one contact; a forged third one must not push both out. */
const KEPT_OF_ONE_MAX = 3
const SEEN_MAX = 24

type Parser<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } }

/** What parses is taken, and what does not is left out, each entry by itself. */
const entriesIn = <T>(text: string | null, schema: Parser<T>): T[] => {
  let found: unknown
  try {
    found = JSON.parse(text ?? '[]')
  } catch {
    return []
  }
  if (!Array.isArray(found)) return []
  return found.flatMap((entry) => {
    const parsed = schema.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })
}

const isSame = (a: Kept, b: Kept): boolean =>
  a.vault === b.vault && a.contact === b.contact && a.secret === b.secret

/** Newest first. An invitation of the same contact with another secret stays beside it: only the letter can tell which is real. */
export const withKept = (list: readonly Kept[], added: Kept): Kept[] => {
  let ofOne = 1
  const others = list.filter((one) => {
    if (isSame(one, added)) return false
    if (one.vault !== added.vault || one.contact !== added.contact) return true
    ofOne += 1
    return ofOne <= KEPT_OF_ONE_MAX
  })
  return [added, ...others].slice(0, KEPT_MAX)
}

type Where = 'localStorage' | 'sessionStorage'
const PLACES: readonly Where[] = ['localStorage', 'sessionStorage']

const read = (where: Where, key: string): string | null => {
  try {
    return globalThis[where].getItem(key)
  } catch {
    return null
  }
}

const write = (where: Where, key: string, list: readonly object[]): boolean => {
  try {
    globalThis[where].setItem(key, JSON.stringify(list))
    return true
  } catch {
    return false
  }
}

/** Of this page, where the browser keeps nothing at all. */
let inMemory: Kept[] = []

/** Every invitation that this browser knows, newest first. */
export const keptInvitations = (): Kept[] => {
  const all = [...inMemory, ...PLACES.flatMap((where) => entriesIn(read(where, KEPT_KEY), Kept))]
  return all.filter((one, at) => all.findIndex((other) => isSame(one, other)) === at)
}

/** `browser`: it outlives this tab. `tab`: a reload and the letter's page find it. `page`: this page alone. */
export type KeptIn = 'browser' | 'tab' | 'page'

export const keep = (added: Kept): KeptIn => {
  for (const where of PLACES) {
    const list = withKept(entriesIn(read(where, KEPT_KEY), Kept), added)
    if (write(where, KEPT_KEY, list)) return where === 'localStorage' ? 'browser' : 'tab'
  }
  inMemory = withKept(inMemory, added)
  return 'page'
}

/** The highest version of this letter that was opened in this browser; 0 if none was. */
export const seenVersion = (letter: string): number =>
  entriesIn(read('localStorage', SEEN_KEY), Seen).find((one) => one.letter === letter)?.version ?? 0

/** To be called only once the letter has opened: its seal holds the version, which a server's word does not. */
export const sawVersion = (letter: string, version: number): void => {
  const list = entriesIn(read('localStorage', SEEN_KEY), Seen)
  const highest = Math.max(version, list.find((one) => one.letter === letter)?.version ?? 0)
  const others = list.filter((one) => one.letter !== letter)
  write('localStorage', SEEN_KEY, [{ letter, version: highest }, ...others].slice(0, SEEN_MAX))
}
