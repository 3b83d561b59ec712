import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ListedPress } from '../../protocol/presser.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { pr } from '../text/pressers-text.ts'
import { fetchPresses } from '../vault/presses.ts'
import { stateText } from './words.ts'

/** What has pressed, and what became of it, as the service tells; the newest ones of all that there were. */
export type Known = { presses: readonly ListedPress[] | null; failed: boolean }
const known = signal<Known>({ presses: null, failed: false })

export const lookAtPresses = async (root: Uint8Array): Promise<void> => {
  const presses = await fetchPresses(root).catch(() => null)
  known.value = presses === null ? { ...known.value, failed: true } : { presses, failed: false }
}

export const usePresses = (root: Uint8Array): Known => {
  useEffect(() => void lookAtPresses(root), [])
  return known.value
}

export const History = ({ known: { presses, failed }, id }: { known: Known; id: string }) => {
  const mine = (presses ?? []).filter(({ presser }) => presser === id)
  return (
    <section class="stack">
      <h2>{pr('history')}</h2>
      {failed && (
        <p class="soft small" role="status">
          {pr(presses === null ? 'history.failed' : 'history.stale')}
        </p>
      )}
      {presses === null && !failed && (
        <p class="soft" role="status">
          {pr('history.loading')}
        </p>
      )}
      {presses !== null && mine.length === 0 && <p class="soft">{pr('history.none')}</p>}
      {mine.length > 0 && (
        <ul class="steps card">
          {mine.map((press) => (
            <li key={press.press}>
              <span class={press.state === 'counting' || press.state === 'open' ? 'dot' : 'dot wait'} />
              <span>
                {dayAndTimeOf(press.pressedAt)}
                <br />
                <small>{stateText(press)}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
