import { linkPresserSecretOf } from '../../crypto/presser.ts'
import { fromText } from '../../protocol/bytes.ts'
import type { DocumentPresser } from '../../protocol/vault-document.ts'

/** P of a presser, 32 bytes: kept as it is, or what the secret of its link gives (`protocol.md §6`). */
export const presserSecretOf = ({ id, kind, secret }: DocumentPresser, vault: Uint8Array): Uint8Array =>
  kind === 'person' || kind === 'card'
    ? linkPresserSecretOf(fromText(secret), vault, fromText(id))
    : fromText(secret)
