import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type MoveNote, readMoveNow } from '../device/move-note.ts'
import { o } from '../text/start-over-text.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import type { Opened } from '../vault/session.ts'
import { Explained } from './explained.tsx'
import { LeftToDo } from './left-to-do.tsx'
import { NewWords } from './new-words.tsx'
import { Unfinished } from './unfinished.tsx'

/** Where it stands, as it is written down on this phone; before that, what it would do. */
const Stage = ({ opened }: { opened: Opened }) => {
  const note = useSignal<MoveNote | null | 'reading'>('reading')
  const reading = useSignal(false)
  const read = async (): Promise<void> => {
    note.value = await readMoveNow().catch(() => null)
  }
  // Once: while it goes over, the page that started it says how far it is.
  useEffect(() => void read(), [])
  const now = note.value
  if (now === 'reading') return null
  if (now?.step === 'begun' || now?.step === 'made') return <Unfinished note={now} onMoved={read} />
  if (now?.step === 'ended') return <LeftToDo note={now} opened={opened} />
  if (reading.value && now !== null) return <NewWords note={now} opened={opened} onMoved={read} />
  return (
    <Explained
      opened={opened}
      onWords={(made) => {
        note.value = made
        reading.value = true
      }}
    />
  )
}

/** One operation for who has been seen: new words, everything moves, the old keys die (`protocol.md §7.16`). */
export const StartOver = () => (
  <VaultPage title={o('title')} back="more">
    {(opened) => <Stage opened={opened} />}
  </VaultPage>
)
