import { concatBytes } from '@noble/hashes/utils.js'
import { CARD_CODE_BYTES, cardCodeFrom } from '../protocol/card-code.ts'
import { CARD_ENTRY_BYTES, ID_BYTES, SECRET_BYTES } from '../protocol/limits.ts'
import { expectBytes } from './expect-bytes.ts'
import { derive, NO_SALT } from './kdf.ts'
import type { Random } from './random.ts'
import { NO_ID, open, type SealContext } from './seal.ts'
import { seal } from './sealing.ts'

/**
 * A card's short code and what it leads to (`protocol.md §13`). The code is stretched first (`stretchCode` in `stretch.ts`), with nothing
 * of a server in it.
 */
/** What stands in a card's link, too: 16 bytes each. */
export type CardEntry = { vault: Uint8Array; presser: Uint8Array; secret: Uint8Array }

/**
 * @param secret of the card's link, 16 bytes
 * @returns 15 characters; they say nothing of the secret
 */
export const cardCodeOf = (secret: Uint8Array, vault: Uint8Array, presser: Uint8Array): string => {
  expectBytes(secret, SECRET_BYTES, 'link secret')
  return cardCodeFrom(derive(secret, vault, 'card-code', presser, CARD_CODE_BYTES))
}

/** Where the entry lies. 16 bytes */
export const cardLookupOf = (stretched: Uint8Array): Uint8Array =>
  derive(stretched, NO_SALT, 'card-lookup', null, ID_BYTES)

const keyOf = (stretched: Uint8Array): Uint8Array => derive(stretched, NO_SALT, 'card-entry')

/** Who opens it knows of no vault yet. */
const contextOf = (stretched: Uint8Array): SealContext => ({
  kind: 'card-entry',
  vault: NO_ID,
  id: cardLookupOf(stretched),
  version: 1,
})

/** @returns 553 bytes */
export const sealCardEntry = (
  stretched: Uint8Array,
  { vault, presser, secret }: CardEntry,
  random: Random,
): Uint8Array => {
  expectBytes(vault, ID_BYTES, 'vault id')
  expectBytes(presser, ID_BYTES, 'presser id')
  expectBytes(secret, SECRET_BYTES, 'link secret')
  return seal(keyOf(stretched), contextOf(stretched), concatBytes(vault, presser, secret), random)
}

/** @returns null if it is refused, or is not of 48 bytes */
export const openCardEntry = (stretched: Uint8Array, sealed: Uint8Array): CardEntry | null => {
  const plain = open(keyOf(stretched), contextOf(stretched), sealed)
  if (plain === null || plain.length !== CARD_ENTRY_BYTES) return null
  return {
    vault: plain.slice(0, ID_BYTES),
    presser: plain.slice(ID_BYTES, 2 * ID_BYTES),
    secret: plain.slice(2 * ID_BYTES),
  }
}
