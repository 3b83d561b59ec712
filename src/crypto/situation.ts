import { KEY_BYTES } from '../protocol/limits.ts'
import { Cover } from '../protocol/presser.ts'
import { Situation } from '../protocol/situation.ts'
import { expectBytes } from './expect-bytes.ts'
import { openJson } from './json.ts'
import { derive } from './kdf.ts'
import type { Random } from './random.ts'
import type { SealContext } from './seal.ts'
import { sealJson } from './sealing-json.ts'

/**
 * What a presser writes, and what it is told (`protocol.md §8.12, §8.13`, kinds 10 and 20). Its situation key comes from the situation
 * root, so whoever reads real letters reads it; the presser itself holds no other presser's key.
 */

/** What a presser is known by where it does not press. 32 bytes; the server keeps its SHA-256. It opens nothing. */
export const presserTokenOf = (secret: Uint8Array, vault: Uint8Array): Uint8Array => {
  expectBytes(secret, KEY_BYTES, 'presser secret')
  return derive(secret, vault, 'presser-token')
}

/** @param root the situation root, 32 bytes */
export const situationKeyOf = (root: Uint8Array, vault: Uint8Array, presser: Uint8Array): Uint8Array => {
  expectBytes(root, KEY_BYTES, 'situation root')
  return derive(root, vault, 'presser-situation', presser)
}

/** What opens the presser's cover. 32 bytes. It presses nothing. */
export const coverKeyOf = (secret: Uint8Array, vault: Uint8Array): Uint8Array => {
  expectBytes(secret, KEY_BYTES, 'presser secret')
  return derive(secret, vault, 'situation')
}

const coverOf = (vault: Uint8Array, presser: Uint8Array, version: number): SealContext => ({
  kind: 'cover',
  vault,
  id: presser,
  version,
})

/**
 * @param secret P
 * @param version of the commit that brings it
 * @returns 553 bytes
 * @throws TypeError if it does not fit its schema
 */
export const sealCover = (
  secret: Uint8Array,
  vault: Uint8Array,
  presser: Uint8Array,
  version: number,
  cover: Cover,
  random: Random,
): Uint8Array => sealJson(Cover, coverKeyOf(secret, vault), coverOf(vault, presser, version), cover, random)

/** @param key the situation cover key */
export const openCoverWith = (
  key: Uint8Array,
  vault: Uint8Array,
  presser: Uint8Array,
  version: number,
  sealed: Uint8Array,
): Cover | null => openJson(Cover, key, coverOf(vault, presser, version), sealed)

export const openCover = (
  secret: Uint8Array,
  vault: Uint8Array,
  presser: Uint8Array,
  version: number,
  sealed: Uint8Array,
): Cover | null => openCoverWith(coverKeyOf(secret, vault), vault, presser, version, sealed)

const situationOf = (vault: Uint8Array, presser: Uint8Array): SealContext => ({
  kind: 'situation',
  vault,
  id: presser,
  version: 1,
})

/**
 * @param key the presser's situation key
 * @returns at most 2,089 bytes
 * @throws TypeError if it does not fit its schema
 */
export const sealSituation = (
  key: Uint8Array,
  vault: Uint8Array,
  presser: Uint8Array,
  situation: Situation,
  random: Random,
): Uint8Array => sealJson(Situation, key, situationOf(vault, presser), situation, random)

/**
 * @param pressedAt of the press that it is shown with. What was written before the press, for a check-in, is about none in particular.
 * @returns null if the seal is refused, or it was said of another press
 */
export const openSituation = (
  root: Uint8Array,
  vault: Uint8Array,
  presser: Uint8Array,
  pressedAt: number,
  sealed: Uint8Array,
): Situation | null => {
  const key = situationKeyOf(root, vault, presser)
  const situation = openJson(Situation, key, situationOf(vault, presser), sealed)
  return situation !== null && (situation.pressedAt ?? pressedAt) === pressedAt ? situation : null
}
