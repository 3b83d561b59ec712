import { useSignal } from '@preact/signals'
import { p } from '../text/plan-text.ts'
import { Dialog } from '../ui/dialog.tsx'

export const RemovePage = ({ isEmpty, onRemove }: { isEmpty: boolean; onRemove: () => void }) => {
  const asking = useSignal(false)
  const ask = (): void => {
    if (isEmpty) onRemove()
    else asking.value = true
  }
  return (
    <>
      <button type="button" class="quiet" onClick={ask}>
        {p('page.remove')}
      </button>
      {asking.value && (
        <Dialog title={p('page.remove.title')} onClose={() => (asking.value = false)}>
          <p>{p('page.remove.body')}</p>
          <button
            type="button"
            class="btn prime"
            onClick={() => {
              asking.value = false
              onRemove()
            }}
          >
            {p('page.remove.yes')}
          </button>
          <button type="button" class="btn" onClick={() => (asking.value = false)}>
            {p('page.remove.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
