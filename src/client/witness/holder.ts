import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { linkPresserSecretOf, pressKeyOf } from '../../crypto/presser.ts'
import { coverKeyOf, presserTokenOf } from '../../crypto/situation.ts'
import { toText } from '../../protocol/bytes.ts'
import { OwnerName } from '../../protocol/fields.ts'
import { decodeLink } from '../../protocol/link.ts'
import type { Cover } from '../../protocol/presser.ts'
import { fetchCover } from './send-situation.ts'

/** Who holds the link of a presser (`protocol.md §6, §7.10`): what follows from its secret, and what the owner has written for him. */
export type Holder = {
  fragment: string
  vault: string
  presser: string
  coverKey: Uint8Array
  key: string
  token: string
}

/** @returns null for a damaged link */
export const holderOf = (fragment: string): Holder | null => {
  const link = decodeLink('press', fragment)
  if (link === null || link.secret === null) return null
  const secret = linkPresserSecretOf(link.secret, link.vault, link.id)
  return {
    fragment: fragment.trim(),
    vault: toText(link.vault),
    presser: toText(link.id),
    coverKey: coverKeyOf(secret, link.vault),
    key: toText(pressKeyOf(secret, link.vault)),
    token: toText(presserTokenOf(secret, link.vault)),
  }
}

/** `revoked`: the service knows no such presser (any more). `no-line`: nobody answered; the button works all the same. */
export type Told = { at: 'asking' | 'no-line' | 'revoked' } | { at: 'told'; cover: Cover }
export const told = signal<Told>({ at: 'asking' })

/** The press key stays here: what is asked is known by a token that opens nothing. */
export const askCover = async (holder: Holder): Promise<Cover | null> => {
  const cover = await fetchCover(holder)
  if (typeof cover === 'object') {
    told.value = { at: 'told', cover }
    return cover
  }
  if (cover === 'revoked') told.value = { at: 'revoked' }
  // What does not open is not the owner's word; the press needs none of it.
  else if (cover === 'unreadable' || told.value.at !== 'told') told.value = { at: 'no-line' }
  return null
}

/** A link that this phone keeps, with the owner's name as it was told last. */
export const KeptLink = z.strictObject({ fragment: z.string(), name: z.nullable(OwnerName) })
export type KeptLink = z.infer<typeof KeptLink>
const KEPT_KEY = 'amparo/press-links'
const KEPT_MAX = 20

/** Each entry by itself: what does not parse is left out. */
export const keptLinks = (): KeptLink[] => {
  try {
    const found: unknown = JSON.parse(globalThis.localStorage.getItem(KEPT_KEY) ?? '[]')
    return (Array.isArray(found) ? found : []).flatMap((entry) => {
      const parsed = KeptLink.safeParse(entry)
      return parsed.success ? [parsed.data] : []
    })
  } catch {
    return []
  }
}

const write = (links: readonly KeptLink[]): boolean => {
  try {
    globalThis.localStorage.setItem(KEPT_KEY, JSON.stringify(links))
    return true
  } catch {
    return false
  }
}

/** @returns false where this browser keeps nothing: then the link in the chat is the only way back */
export const keepLink = (link: KeptLink): boolean =>
  write([link, ...keptLinks().filter(({ fragment }) => fragment !== link.fragment)].slice(0, KEPT_MAX))

export const dropLink = (fragment: string): void => {
  write(keptLinks().filter((link) => link.fragment !== fragment))
}
