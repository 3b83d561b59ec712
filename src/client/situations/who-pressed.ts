import type { PresserKind, VaultDocument } from '../../protocol/vault-document.ts'

/**
 * What the owner's own document says of a presser that the service names. `this` is the phone in her hand; `former` was revoked or replaced
 * since; null: the document does not know it (any more).
 */
export type Presser = { kind: PresserKind; label: string; isThis: boolean; isFormer: boolean }

export const presserOf = ({ pressers, former }: VaultDocument, id: string, own: string): Presser | null => {
  const now = pressers.find((one) => one.id === id)
  const found = now ?? former.find((one) => one.id === id)
  if (found === undefined) return null
  const { kind, label } = found
  return { kind, label, isThis: id === own, isFormer: now === undefined }
}
