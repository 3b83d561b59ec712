import { useSignal } from '@preact/signals'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { pinSet } from '../device/locked.ts'
import { t } from '../text/app-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { lazily } from '../ui/lazily.tsx'
import { loadAnew } from '../ui/load-anew.ts'
import { askAgain } from './presses.ts'

const ClearEntry = lazily(async () => (await import('../pin/clear-entry.tsx')).loadClearEntry(), 'div')

type Step = 'no' | 'asking' | 'sending' | 'failed'

let isPartMissing = false
const loadPart = () =>
  import('./send-all-clear.ts').catch((error: unknown) => {
    isPartMissing = true
    throw error
  })

/** "I am well": asks once, and for the PIN where there is one, tells everyone. What it needs is loaded when it is needed. */
export const AllClear = ({ press }: { press: QueuedPress }) => {
  const step = useSignal<Step>('no')
  const send = async (root: Uint8Array | null): Promise<void> => {
    step.value = 'sending'
    const failed = (): void => {
      step.value = 'failed'
    }
    if (isPartMissing) return loadAnew(failed)
    try {
      const { sendAllClear } = await loadPart()
      const done = await sendAllClear(press.alert, root)
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
          {pinSet.value ? (
            <ClearEntry alert={press.alert} onRoot={send} />
          ) : (
            <button
              type="button"
              class="btn prime"
              disabled={step.value === 'sending'}
              onClick={() => send(null)}
            >
              {step.value === 'sending' ? t('clear.sending') : t('clear.yes')}
            </button>
          )}
          <button type="button" class="btn" onClick={() => (step.value = 'no')}>
            {t('clear.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
