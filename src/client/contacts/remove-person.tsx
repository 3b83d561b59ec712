import { useSignal } from '@preact/signals'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { dropEditDraft } from '../device/draft.ts'
import { s } from '../text/setup-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { go } from '../ui/route.ts'
import { withoutContact } from '../vault/document.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'

export const RemovePerson = ({ contact }: { contact: DocumentContact }) => {
  const asking = useSignal(false)
  const saving = useSaving()
  const remove = async (): Promise<void> => {
    if (!(await saving.save((document) => withoutContact(document, contact.id)))) return
    await dropEditDraft()
    go('people')
  }
  return (
    <>
      <button type="button" class="quiet" onClick={() => (asking.value = true)}>
        {s('person.remove')}
      </button>
      {asking.value && (
        <Dialog
          title={s('person.remove.title', { name: contact.name })}
          onClose={() => (asking.value = false)}
        >
          <p>{s('person.remove.body')}</p>
          <SavingNews saving={saving} />
          <button type="button" class="btn prime" disabled={saving.isBusy} onClick={remove}>
            {s('person.remove.yes')}
          </button>
          <button type="button" class="btn" disabled={saving.isBusy} onClick={() => (asking.value = false)}>
            {s('person.remove.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
