import { useSignal } from '@preact/signals'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { dropEditDraft } from '../device/draft.ts'
import { s } from '../text/setup-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { go } from '../ui/route.ts'
import { Working } from '../ui/working.tsx'
import { withoutContact } from '../vault/document.ts'
import { changeVault } from '../vault/session.ts'
import { troubleText } from '../vault/trouble.ts'

export const RemovePerson = ({ contact }: { contact: DocumentContact }) => {
  const asking = useSignal(false)
  const done = useSignal<number | null>(null)
  const trouble = useSignal<string | null>(null)
  const remove = async (): Promise<void> => {
    done.value = 0
    try {
      const removed = await changeVault(
        (document) => withoutContact(document, contact.id),
        (part) => {
          done.value = part
        },
      )
      if (removed.ok) {
        await dropEditDraft()
        go('people')
        return
      }
      trouble.value = troubleText(removed)
    } catch {
      trouble.value = s('trouble.phone')
    }
    done.value = null
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
          {trouble.value !== null && (
            <p class="wrong" role="alert">
              {trouble.value}
            </p>
          )}
          {done.value !== null && <Working label={s('sealing')} done={done.value} />}
          <button type="button" class="btn prime" disabled={done.value !== null} onClick={remove}>
            {s('person.remove.yes')}
          </button>
          <button
            type="button"
            class="btn"
            disabled={done.value !== null}
            onClick={() => (asking.value = false)}
          >
            {s('person.remove.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
