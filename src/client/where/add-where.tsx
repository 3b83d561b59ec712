import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { readWhere } from '../device/where.ts'
import { timeOf } from '../text/language.ts'
import { wh } from '../text/where-text.ts'
import type { Writer } from '../witness/send-situation.ts'
import { addWhere, where, writerOf } from './say-where.ts'

/** Only of a press that was just made: a page that is opened later asks no phone where it is by itself. */
const BY_ITSELF_MS = 120_000

export const AddWhere = ({ press }: { press: QueuedPress }) => {
  const writer = useSignal<Writer | null>(null)
  const { alert, heldAt } = press
  useEffect(() => {
    const begin = async (): Promise<void> => {
      writer.value = await writerOf(press)
      if (writer.value === null || where.value?.alert === alert) return
      // A clock that was set back says nothing of how long ago it was.
      if (Math.abs(Date.now() - heldAt) < BY_ITSELF_MS && (await readWhere()))
        await addWhere(writer.value, press)
    }
    void begin().catch(() => undefined)
  }, [alert])
  const by = writer.value
  if (by === null) return null
  const known = where.value?.alert === alert ? where.value : null
  const now = known?.now ?? 'idle'
  const isBusy = now === 'locating' || now === 'sending'
  return (
    <div class="stack">
      <div aria-live="polite">
        {isBusy && <p class="soft">{wh(now)}</p>}
        {now === 'said' && <p>{wh('said', { when: timeOf(known?.at ?? 0) })}</p>}
        {now !== 'idle' && now !== 'said' && !isBusy && <p class="wrong">{wh(now)}</p>}
      </div>
      {now !== 'closed' && now !== 'revoked' && now !== 'none' && (
        <button type="button" class="btn" disabled={isBusy} onClick={() => void addWhere(by, press)}>
          {wh(now === 'said' ? 'again' : 'add')}
        </button>
      )}
      {now === 'idle' && <p class="soft small">{wh('about')}</p>}
    </div>
  )
}
