import { VaultDocument } from '../protocol/vault-document.ts'
import { openJson } from './json.ts'
import type { Random } from './random.ts'
import { vaultIdOf, vaultKeyOf } from './root.ts'
import { NO_ID, type SealContext } from './seal.ts'
import { sealJson } from './sealing-json.ts'

/** The vault document (`protocol.md §8.1`), which only the root opens. */
const contextOf = (root: Uint8Array, version: number): SealContext => ({
  kind: 'document',
  vault: vaultIdOf(root),
  id: NO_ID,
  version,
})

/**
 * @param version of the vault after the commit that brings it
 * @throws TypeError if `document` does not fit its schema
 * @throws RangeError if it is longer than a seal holds, 524,284 bytes of UTF-8
 */
export const sealDocument = (
  root: Uint8Array,
  version: number,
  document: VaultDocument,
  random: Random,
): Uint8Array => sealJson(VaultDocument, vaultKeyOf(root), contextOf(root, version), document, random)

export const openDocument = (root: Uint8Array, version: number, sealed: Uint8Array): VaultDocument | null =>
  openJson(VaultDocument, vaultKeyOf(root), contextOf(root, version), sealed)
