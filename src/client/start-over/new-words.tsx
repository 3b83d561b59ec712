import { useSignal } from '@preact/signals'
import { fromText } from '../../protocol/bytes.ts'
import { pinSet } from '../device/locked.ts'
import type { MoveNote } from '../device/move-note.ts'
import { PinForm } from '../pin/pin-form.tsx'
import { TwelveWords } from '../safety/twelve-words.tsx'
import { s } from '../text/setup-text.ts'
import { o } from '../text/start-over-text.ts'
import { type NewPin, tryPin } from '../vault/pin.ts'
import type { Opened, Outcome } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { begin } from './begin.ts'
import { goOn, type Reached } from './move.ts'

type Props = { note: MoveNote; opened: Opened; onMoved: () => Promise<void> }

/** The new words first, while nothing has changed yet; then the one step from which there is no way back. */
export const NewWords = ({ note, opened, onMoved }: Props) => {
  const confirmedAt = useSignal<number | null>(null)
  const isRead = useSignal(false)
  if (!isRead.value)
    return (
      <TwelveWords
        root={fromText(note.root)}
        language={opened.document.language}
        body={o('words.body')}
        note={o('words.old')}
        onRight={async () => {
          confirmedAt.value = Date.now()
          isRead.value = true
          return null
        }}
        onLater={() => (isRead.value = true)}
      />
    )
  return <Go confirmedAt={confirmedAt.value} onMoved={onMoved} />
}

/** Whether it is the PIN that opens this phone now, which somebody has seen. */
export const isPinOfNow = async (pin: string): Promise<boolean> => {
  const { kind } = await tryPin(pin, () => undefined)
  return kind === 'root' || kind === 'nothing'
}

const Go = ({ confirmedAt, onMoved }: { confirmedAt: number | null; onMoved: () => Promise<void> }) => {
  const saving = useSaving()
  const move = async (pin: NewPin | null, onProgress: (done: number) => void): Promise<Outcome<Reached>> => {
    const begun = await begin(s('presser.this'), confirmedAt)
    if (!begun.ok) return begun
    const done = await goOn(pin, onProgress)
    // It has begun: how far it came, and what still works, is said there.
    if (!done.ok) void onMoved()
    return done
  }
  return (
    <>
      <h2>{o('go.title')}</h2>
      <p class="soft">{o('go.body')}</p>
      {confirmedAt === null && (
        <p class="light amber">
          <span class="dot" />
          <span>{o('go.later')}</span>
        </p>
      )}
      {pinSet.value ? (
        <>
          <p>{o('pin.body')}</p>
          <PinForm save={move} isSeen={isPinOfNow} button={o('go.button')} onDone={() => void onMoved()} />
        </>
      ) : (
        <div class="push stack">
          <SavingNews saving={saving} />
          <button
            type="button"
            class="btn prime"
            disabled={saving.isBusy}
            onClick={async () => {
              await saving.run((onProgress) => move(null, onProgress))
              await onMoved()
            }}
          >
            {o('go.button')}
          </button>
        </div>
      )}
    </>
  )
}
