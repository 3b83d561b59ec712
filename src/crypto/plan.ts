import { KEY_BYTES } from '../protocol/limits.ts'
import { Plan } from '../protocol/plan.ts'
import { expectBytes } from './expect-bytes.ts'
import { openJson } from './json.ts'
import { derive } from './kdf.ts'
import type { Random } from './random.ts'
import { vaultIdOf, vaultKeyOf } from './root.ts'
import { NO_ID, type SealContext } from './seal.ts'
import { sealJson } from './sealing-json.ts'

/** The family's plan (`protocol.md §8.16`, kind 16): all of it under the vault key, what one contact is shown under its letter's key. */
const ownContext = (root: Uint8Array, version: number): SealContext => ({
  kind: 'plan',
  vault: vaultIdOf(root),
  id: NO_ID,
  version,
})

/**
 * @param version of the commit that brings it
 * @throws TypeError if `plan` does not fit its schema
 */
export const sealPlan = (root: Uint8Array, version: number, plan: Plan, random: Random): Uint8Array =>
  sealJson(Plan, vaultKeyOf(root), ownContext(root, version), plan, random)

export const openPlan = (root: Uint8Array, version: number, sealed: Uint8Array): Plan | null =>
  openJson(Plan, vaultKeyOf(root), ownContext(root, version), sealed)

/** 32 bytes: only who has opened the letter can open what comes with it. */
const shareKeyOf = (letterKey: Uint8Array, vault: Uint8Array, letter: Uint8Array): Uint8Array => {
  expectBytes(letterKey, KEY_BYTES, 'letter key')
  return derive(letterKey, vault, 'plan-share', letter)
}

/** @param version of the letter that it comes with */
export const sealShare = (
  letterKey: Uint8Array,
  vault: Uint8Array,
  letter: Uint8Array,
  version: number,
  share: Plan,
  random: Random,
): Uint8Array =>
  sealJson(
    Plan,
    shareKeyOf(letterKey, vault, letter),
    { kind: 'plan', vault, id: letter, version },
    share,
    random,
  )

export const openShare = (
  letterKey: Uint8Array,
  vault: Uint8Array,
  letter: Uint8Array,
  version: number,
  sealed: Uint8Array,
): Plan | null =>
  openJson(Plan, shareKeyOf(letterKey, vault, letter), { kind: 'plan', vault, id: letter, version }, sealed)
