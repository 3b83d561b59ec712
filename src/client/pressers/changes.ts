import { CONTACT_NAME_MAX_CHARS } from '../../protocol/limits.ts'
import type { DocumentPresser, VaultDocument } from '../../protocol/vault-document.ts'
import { newId, newSecret } from '../vault/random.ts'

/** Changes of pressers in a vault document. Nothing here is sealed, stored or sent. */

/** @returns the name as it is kept, without what cannot be seen; null if nothing is left */
export const labelFrom = (typed: string): string | null =>
  typed
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, CONTACT_NAME_MAX_CHARS)
    .trim() || null

/** Somebody who is asked to press: what is handed over is a link with `secret` in it. */
export const newPerson = (label: string, delayMs: number, now: number): DocumentPresser => ({
  id: newId(),
  kind: 'person',
  secret: newSecret(),
  label,
  delayMs,
  addedAt: now,
})

/** The same document where that presser is gone: one that was revoked meanwhile does not come back. */
export const withPresser = (
  document: VaultDocument,
  id: string,
  change: Partial<Pick<DocumentPresser, 'label' | 'delayMs'>>,
): VaultDocument => ({
  ...document,
  pressers: document.pressers.map((one) => (one.id === id ? { ...one, ...change } : one)),
})
