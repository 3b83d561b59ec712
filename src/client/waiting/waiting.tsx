import { signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { fromText } from '../../protocol/bytes.ts'
import type { ListedPress } from '../../protocol/presser.ts'
import { unlocked } from '../device/locked.ts'
import { readOwner } from '../device/owner.ts'
import { press } from '../device/records.ts'
import { language } from '../text/language.ts'
import { waitingText, wt } from '../text/waiting-text.ts'
import { fetchPresses } from '../vault/presses.ts'
import { openVault, vault } from '../vault/session.ts'
import { labelOf, type Stopped, stopPress, waitingOf } from './others.ts'
import { waitingPlace } from './place.ts'

/**
 * Tells the owner of presses by others that still wait, above whatever page she is on. Asked for when the app is opened or comes back,
 * and then as long as it is looked at; a push, where she has asked for one, only brings her here.
 */
const LOOK_MS = 20_000

type Seen = { waiting: ListedPress; until: number; stopped: Stopped | 'stopping' | null }
const seen = signal<readonly Seen[]>([])

const change = (id: string, to: Partial<Seen>): void => {
  seen.value = seen.value.map((one) => (one.waiting.press === id ? { ...one, ...to } : one))
}

export const lookAtOthers = async (): Promise<void> => {
  if (document.visibilityState !== 'visible') return
  const owner = await readOwner()
  if (owner.kind !== 'record') return
  const presses = await fetchPresses(fromText(owner.record.root))
  if (presses === null) return
  const now = Date.now()
  const found = waitingOf(presses, owner.record.presser)
  // What she has stopped, or seen to go out, stays until she closes it.
  const old = seen.value.filter(({ stopped }) => stopped !== null)
  const fresh = found
    .filter(({ press: id }) => !old.some(({ waiting }) => waiting.press === id))
    .map((waiting): Seen => ({ waiting, until: now + waiting.releaseInMs, stopped: null }))
  seen.value = [...old, ...fresh]
  if (fresh.length === 0) return
  if (!waitingText.isLoaded()) await waitingText.load(language.value)
  if (vault.value === null) await openVault()
  waitingPlace.value = Waiting
}

const timeLeft = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const One = ({ one: { waiting, until, stopped } }: { one: Seen }) => {
  const now = useSignal(Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now()
    }, 1_000)
    return () => clearInterval(timer)
  }, [])
  const left = Math.max(0, until - now.value)
  const stop = async (): Promise<void> => {
    if (press.value === null) return
    change(waiting.press, { stopped: 'stopping' })
    change(waiting.press, { stopped: await stopPress(press.value, waiting.press) })
  }
  const isOver = stopped === 'stopped' || stopped === 'late'
  return (
    <div class="card stack">
      <h2>
        {wt('title', { label: labelOf(vault.value?.document ?? null, waiting.presser) ?? wt('unnamed') })}
      </h2>
      {isOver || stopped === 'failed' ? (
        <p role="alert" class={stopped === 'stopped' ? '' : 'wrong'}>
          {wt(stopped)}
        </p>
      ) : (
        <p role="timer">{left > 0 ? wt('left', { time: timeLeft(left) }) : wt('now')}</p>
      )}
      {isOver ? (
        <>
          {stopped === 'late' && (
            <a class="btn prime" href="#/people">
              {wt('alerts')}
            </a>
          )}
          <button
            type="button"
            class="btn"
            onClick={() => {
              seen.value = seen.value.filter((other) => other.waiting.press !== waiting.press)
            }}
          >
            {wt('close')}
          </button>
        </>
      ) : (
        <>
          <button type="button" class="btn prime" disabled={stopped === 'stopping'} onClick={stop}>
            {wt(stopped === 'stopping' ? 'stopping' : 'stop')}
          </button>
          <p class="soft small">{wt('more')}</p>
        </>
      )}
    </div>
  )
}

const Waiting = () =>
  seen.value.length === 0 ? null : (
    <aside class="alarm stack">
      {seen.value.map((one) => (
        <One key={one.waiting.press} one={one} />
      ))}
    </aside>
  )

export const watchOthers = (): void => {
  const again = () => void lookAtOthers().catch(() => undefined)
  again()
  setInterval(again, LOOK_MS)
  document.addEventListener('visibilitychange', again)
  // A notification led here, and what waits stood behind the PIN.
  unlocked.subscribe((root) => {
    if (root !== null) again()
  })
}
