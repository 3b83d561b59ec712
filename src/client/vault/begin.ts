import type { Ticket } from '../../protocol/ticket.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { changeVault, sendCommit } from './change.ts'
import { withContact } from './document.ts'
import { sealCommit } from './seal-commit.ts'
import { fetchVault, type Opened, type Outcome, remember, vault } from './session.ts'
import { stretch } from './stretch.ts'

/**
 * Makes the vault. May be called again after a lost answer: the same root gives the same vault, and what a first try
 * has left there is taken over and brought up to this document.
 */
export const beginVault = async (
  root: Uint8Array,
  presser: string,
  document: VaultDocument,
  ticket: Ticket | null,
  onProgress: (done: number) => void,
): Promise<Outcome<Opened>> => {
  const sealed = await sealCommit(root, null, 0, document, stretch, onProgress, ticket)
  const reply = await sendCommit(sealed.request)
  if (reply.kind === 'answer') {
    const opened: Opened = {
      root,
      presser,
      version: 1,
      document: sealed.document,
      fresh: true,
    }
    return { ok: true, value: await remember(opened, sealed.request.document) }
  }
  if (reply.kind === 'none') return { ok: false, trouble: 'no-line' }
  if (reply.refusal.error !== 'conflict') return { ok: false, trouble: 'refused', code: reply.refusal.error }
  const fetched = await fetchVault(root, 0)
  if (!fetched.ok) return fetched
  vault.value = {
    root,
    presser,
    version: fetched.value.version,
    document: fetched.value.document,
    fresh: true,
  }
  return changeVault(
    (current) => document.contacts.reduce(withContact, { ...document, rolledAfter: current.rolledAfter }),
    onProgress,
  )
}
