import { useSignal } from '@preact/signals'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { s } from '../text/setup-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { go } from '../ui/route.ts'
import { reinvite } from '../vault/reinvite.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'

/** A new invitation, where the old one is lost, or in wrong hands. */
export const Reinvite = ({ contact: { id, name, email, sms, push } }: { contact: DocumentContact }) => {
  const asking = useSignal(false)
  const saving = useSaving()
  const start = async (): Promise<void> => {
    const done = await saving.run((onProgress) => reinvite(id, onProgress))
    if (done?.ok) go(`invite/${id}`)
  }
  return (
    <>
      <button type="button" class="btn" onClick={() => (asking.value = true)}>
        {s('reinvite.button')}
      </button>
      {asking.value && (
        <Dialog title={s('reinvite.title', { name })} onClose={() => (asking.value = false)}>
          <p>{s('reinvite.body', { name })}</p>
          {email !== null && <p>{s('reinvite.address', { email, name })}</p>}
          {(sms !== null || push !== null) && <p>{s('reinvite.ways', { name })}</p>}
          <SavingNews saving={saving} />
          <button type="button" class="btn prime" disabled={saving.isBusy} onClick={start}>
            {s('reinvite.yes')}
          </button>
          <button type="button" class="btn" disabled={saving.isBusy} onClick={() => (asking.value = false)}>
            {s('reinvite.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
