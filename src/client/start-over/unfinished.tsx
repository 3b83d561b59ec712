import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { moveNews } from '../device/move-news.ts'
import type { MoveNote } from '../device/move-note.ts'
import { PinForm } from '../pin/pin-form.tsx'
import { o } from '../text/start-over-text.ts'
import type { Outcome } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { clearOld, goOn, hasGoneOver, type Reached } from './move.ts'
import { isPinOfNow } from './new-words.tsx'

/** It could not be brought to its end: what still works until then, and what can be done about it. */
export const Unfinished = ({ note, onMoved }: { note: MoveNote; onMoved: () => Promise<void> }) => {
  const saving = useSaving()
  const isOver = useSignal(false)
  const last = useSignal<Outcome<Reached> | null>(null)
  const look = async (): Promise<void> => {
    isOver.value = await hasGoneOver(note)
    if (last.value?.ok && last.value.value !== 'ended') return
    if (last.value?.ok) moveNews.value = null
    await onMoved()
  }
  const tryAgain = async (
    work: () => Promise<Outcome<unknown>> = async () => ({ ok: true, value: null }),
  ) => {
    await saving.run(async (onProgress): Promise<Outcome<unknown>> => {
      const done = await work()
      if (!done.ok) return done
      last.value = await goOn(null, onProgress)
      return last.value
    })
    await look().catch(() => undefined)
  }
  useEffect(() => void tryAgain(), [])
  const needsPin = last.value?.ok === true && last.value.value === 'needs-pin'
  const alertRuns =
    last.value?.ok === false && last.value.trouble === 'refused' && last.value.code === 'open-alert'
  const isFull =
    last.value?.ok === false &&
    last.value.trouble === 'refused' &&
    (last.value.code === 'ticket' || last.value.code === 'slow-down')
  return (
    <>
      <h2>{o('unfinished.title')}</h2>
      <p class="light amber">
        <span class="dot" />
        <span>{o(isOver.value ? 'unfinished.over' : 'unfinished.before')}</span>
      </p>
      {isFull && (
        <>
          <p>{o('trouble.room')}</p>
          <p>{o('trouble.often')}</p>
        </>
      )}
      {needsPin ? (
        <>
          <p>{o('unfinished.pin')}</p>
          <PinForm
            save={goOn}
            isSeen={isPinOfNow}
            button={o('unfinished.go')}
            onDone={() => void onMoved()}
          />
        </>
      ) : (
        <div class="push stack">
          {isOver.value && alertRuns && <p>{o('unfinished.clear.body')}</p>}
          {!isFull && <SavingNews saving={saving} />}
          {isOver.value && alertRuns && (
            <button
              type="button"
              class="btn"
              disabled={saving.isBusy}
              onClick={() => void tryAgain(clearOld)}
            >
              {o('unfinished.clear')}
            </button>
          )}
          <button type="button" class="btn prime" disabled={saving.isBusy} onClick={() => void tryAgain()}>
            {o('unfinished.go')}
          </button>
        </div>
      )}
    </>
  )
}
