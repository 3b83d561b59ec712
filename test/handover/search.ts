import { toText } from '../../src/protocol/bytes.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { spellingsOf } from '../support/record.ts'
import type { Disk, Tables } from './disk.ts'

/** Looks for one thing in bytes, in every way in which it may be written there. */
export type Needle = string | Uint8Array

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** How `JSON` with only ASCII and HTML write what is not ASCII. */
const escaped = (text: string): string[] => [
  text.replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  text.replace(/[^\x20-\x7e]/gu, (sign) => `&#${sign.codePointAt(0)};`),
  text.replace(/[^\x20-\x7e]/gu, (sign) => `&#x${sign.codePointAt(0)?.toString(16)};`),
]

const cache = new Map<Needle, { folded: string[]; exact: string[] }>()

/** `folded`: upper and lower case are the same. Everything as one character a byte. */
const formsOf = (needle: Needle): { folded: string[]; exact: string[] } => {
  const known = cache.get(needle)
  if (known !== undefined) return known
  const { text, code } = spellingsOf(needle)
  const forms =
    typeof needle === 'string'
      ? {
          folded: [...text, ...escaped(needle), needle.normalize('NFD')].map((one) =>
            latin1(one).toLowerCase(),
          ),
          exact: code,
        }
      : { folded: [], exact: [...code, code[0]?.toUpperCase() ?? '', Buffer.from(needle).toString('latin1')] }
  cache.set(needle, forms)
  return forms
}

/** What stands in the links in a text, in base64url: base58 hides it from a search. */
export const inLinks = (text: string): Uint8Array[] =>
  [...text.matchAll(/[1-9A-HJ-NP-Za-km-z]{40,}/g)].flatMap(([code]) =>
    (['letter', 'stop', 'join', 'press'] as const).flatMap((kind) => {
      const link = decodeLink(kind, code)
      return link === null ? [] : [link.vault, link.id, ...(link.secret === null ? [] : [link.secret])]
    }),
  )

/** Bytes, one character each, once as they are and once in lower case. */
export type Haystack = { exact: string; folded: string }
export const haystackOf = (parts: readonly (string | Uint8Array)[]): Haystack => {
  const texts = parts.map((part) =>
    typeof part === 'string' ? latin1(part) : Buffer.from(part).toString('latin1'),
  )
  const exact = texts.flatMap((text) => [text, ...inLinks(text).map(toText)]).join('\n')
  return { exact, folded: exact.toLowerCase() }
}

export const holds = ({ exact, folded }: Haystack, needle: Needle): boolean => {
  const forms = formsOf(needle)
  return forms.exact.some((one) => exact.includes(one)) || forms.folded.some((one) => folded.includes(one))
}

export const valuesOf = (tables: Tables | null): (string | Uint8Array)[] =>
  Object.values(tables ?? {}).flatMap((rows) =>
    rows.flatMap((row) =>
      Object.values(row).flatMap((value) =>
        value === null ? [] : [value instanceof Uint8Array ? value : String(value)],
      ),
    ),
  )

/** Where a thing may be found without opening anything. */
const ON_SERVER = ['kv', 'vault', 'mailroom', 'texts', 'doorkeepers', 'platform'] as const
/** What each provider was sent. */
export const PROVIDERS = ['mail', 'text', 'push'] as const
export type Provider = (typeof PROVIDERS)[number]
export const PLACES = [...ON_SERVER, ...PROVIDERS] as const
export type Place = (typeof PLACES)[number]
export type Sent = Record<Provider, (string | Uint8Array)[]>

export const placesOf = (disk: Disk, sent: Sent): Record<Place, (string | Uint8Array)[]> => ({
  kv: [...disk.kv].flat(),
  vault: valuesOf(disk.vault),
  mailroom: valuesOf(disk.mailroom),
  texts: valuesOf(disk.texts),
  doorkeepers: disk.doorkeepers.flatMap(valuesOf),
  platform: disk.platform.flatMap(valuesOf),
  ...sent,
})
