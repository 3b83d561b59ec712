import type { DocumentContact } from '../../protocol/vault-document.ts'
import { s } from '../text/setup-text.ts'
import { withCleared } from '../vault/document.ts'
import { type Heard, isToClear, placeOf } from '../vault/standing.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'

/** A phone that is taken away must not hold the key to the letter in a chat. */
export const ClearInvitation = ({ contact, heard }: { contact: DocumentContact; heard: Heard }) => {
  const saving = useSaving()
  if (!isToClear(contact) || placeOf(contact, heard) !== 'accepted') return null
  const now = Date.now()
  return (
    <div class="card stack">
      <p>{s('clear-chat.body', { name: contact.name })}</p>
      <SavingNews saving={saving} />
      <button
        type="button"
        class="btn"
        disabled={saving.isBusy}
        onClick={() => saving.save((document) => withCleared(document, contact.id, now))}
      >
        {s('clear-chat.done')}
      </button>
    </div>
  )
}
