import { useSignal } from '@preact/signals'
import { c } from '../text/card-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { withoutPressers } from '../vault/document.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'

/** Ends a card and every copy of it. The page shows by itself that it is gone. */
export const RevokeCard = ({ id }: { id: string }) => {
  const asking = useSignal(false)
  const saving = useSaving()
  return (
    <>
      <button type="button" class="quiet" onClick={() => (asking.value = true)}>
        {c('revoke')}
      </button>
      {asking.value && (
        <Dialog title={c('revoke')} onClose={() => (asking.value = false)}>
          <p>{c('revoke.body')}</p>
          <SavingNews saving={saving} />
          <button
            type="button"
            class="btn prime"
            disabled={saving.isBusy}
            onClick={() => saving.save((document) => withoutPressers(document, [id]))}
          >
            {c('revoke.yes')}
          </button>
          <button type="button" class="btn" disabled={saving.isBusy} onClick={() => (asking.value = false)}>
            {c('revoke.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
