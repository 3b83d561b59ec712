import { useSignal } from '@preact/signals'
import { isLocked, unlocked } from '../device/locked.ts'
import { sendAllClear } from '../press/send-all-clear.ts'
import { c } from '../text/check-ins-text.ts'
import { go } from '../ui/route.ts'

/** The all-clear for what a check-in has started. Said to be told only when the service has said so. */
export const AlertOver = ({ alert }: { alert: string }) => {
  const step = useSignal<'no' | 'asking' | 'sending' | 'failed' | 'done'>('no')
  const send = async (): Promise<void> => {
    if (isLocked()) return go('check-ins/open')
    step.value = 'sending'
    const done = await sendAllClear(alert, unlocked.value).catch(() => false)
    step.value = done ? 'done' : 'failed'
  }
  if (step.value === 'done') return <p role="status">{c('over.done')}</p>
  if (step.value === 'no') {
    return (
      <button type="button" class="btn" onClick={() => (step.value = 'asking')}>
        {c('over')}
      </button>
    )
  }
  return (
    <>
      <p>{c('over.sure')}</p>
      <div aria-live="polite">{step.value === 'failed' && <p class="wrong">{c('over.failed')}</p>}</div>
      <button type="button" class="btn prime" disabled={step.value === 'sending'} onClick={() => void send()}>
        {c('over.yes')}
      </button>
      <button type="button" class="btn" onClick={() => (step.value = 'no')}>
        {c('over.no')}
      </button>
    </>
  )
}
