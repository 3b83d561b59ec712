import { useSignal } from '@preact/signals'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { t } from '../text/app-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { loadAnew } from '../ui/load-anew.ts'
import { askAgain } from './presses.ts'

type Step = 'no' | 'asking' | 'sending' | 'failed'

let isPartMissing = false
const loadPart = () =>
  import('./send-all-clear.ts').catch((error: unknown) => {
    isPartMissing = true
    throw error
  })

/** "I am well": asks once, tells everyone. What it needs is loaded when it is needed. */
export const AllClear = ({ press }: { press: QueuedPress }) => {
  const step = useSignal<Step>('no')
  const send = async (): Promise<void> => {
    step.value = 'sending'
    const failed = (): void => {
      step.value = 'failed'
    }
    if (isPartMissing) return loadAnew(failed)
    try {
      const { sendAllClear } = await loadPart()
      const done = await sendAllClear(press.alert)
      step.value = done ? 'no' : 'failed'
      if (done) await askAgain()
    } catch {
      failed()
    }
  }
  return (
    <>
      <button type="button" class="btn" onClick={() => (step.value = 'asking')}>
        {t('clear.button')}
      </button>
      {step.value !== 'no' && (
        <Dialog title={t('clear.title')} onClose={() => (step.value = 'no')}>
          <p>{t('clear.body')}</p>
          <div aria-live="polite">{step.value === 'failed' && <p class="wrong">{t('clear.failed')}</p>}</div>
          <button type="button" class="btn prime" disabled={step.value === 'sending'} onClick={send}>
            {step.value === 'sending' ? t('clear.sending') : t('clear.yes')}
          </button>
          <button type="button" class="btn" onClick={() => (step.value = 'no')}>
            {t('clear.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
