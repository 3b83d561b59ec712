import { useSignal } from '@preact/signals'
import { n } from '../text/pin-text.ts'
import { TickIcon } from '../ui/icons.tsx'
import { go } from '../ui/route.ts'
import { lock } from '../vault/lock.ts'
import { removePin } from '../vault/pin.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { PinForm } from './pin-form.tsx'

type Doing = 'nothing' | 'changing' | 'removing'

/** There is a PIN: it can be changed or taken away by who has just entered it. */
export const PinSet = () => {
  const doing = useSignal<Doing>('nothing')
  const saving = useSaving()
  if (doing.value === 'changing') return <PinForm onDone={() => (doing.value = 'nothing')} />
  return (
    <div class="stack">
      <p class="light">
        <span class="tick on">
          <TickIcon />
        </span>
        <span>{n('is-set')}</span>
      </p>
      {doing.value === 'removing' ? (
        <>
          <p>{n('remove.body')}</p>
          <SavingNews saving={saving} />
          <button
            type="button"
            class="btn prime"
            disabled={saving.isBusy}
            onClick={() => saving.run(removePin)}
          >
            {n('remove.yes')}
          </button>
          <button type="button" class="btn" onClick={() => (doing.value = 'nothing')}>
            {n('remove.no')}
          </button>
        </>
      ) : (
        <>
          <button
            type="button"
            class="btn prime"
            onClick={() => {
              lock()
              go('')
            }}
          >
            {n('lock')}
          </button>
          <button type="button" class="btn" onClick={() => (doing.value = 'changing')}>
            {n('change')}
          </button>
          <button type="button" class="btn" onClick={() => (doing.value = 'removing')}>
            {n('remove')}
          </button>
        </>
      )}
    </div>
  )
}
