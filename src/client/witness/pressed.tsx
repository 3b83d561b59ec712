import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PressAnswer } from '../../protocol/press.ts'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { type Phase, phaseOf } from '../press/phase.ts'
import { partsNow } from '../scan/parts.ts'
import { timeOf } from '../text/language.ts'
import { w } from '../text/witness-text.ts'
import { Heading } from '../ui/page.tsx'
import type { Holder } from './holder.ts'
import { answeredAt, cancelPress, cutOff, kept, leavePress } from './pressing.ts'
import { Telling } from './telling.tsx'

/** After the press: how it stands, in numbers and without names; and what the person can say of it. */
type Props = { holder: Holder; press: QueuedPress; name: string | null }

/** Seconds left in which it can be taken back, counted from the service's answer. */
const useLeft = (press: QueuedPress): number => {
  const now = useSignal(Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now()
    }, 500)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((answeredAt.value + (press.answer?.releaseInMs ?? 0) - now.value) / 1000))
}

/** A card waits for minutes: nobody counts six hundred seconds. */
const SECONDS_SHOWN = 90

const Counting = ({ press }: { press: QueuedPress }) => {
  const left = useLeft(press)
  const Minutes = partsNow()?.CardCounting
  return (
    <>
      {Minutes !== undefined && left > SECONDS_SHOWN ? (
        <Minutes leftMs={left * 1000} />
      ) : (
        <>
          <Heading>{w('counting')}</Heading>
          <p class="countdown" role="timer" aria-label={w('counting.left', { seconds: left })}>
            <b aria-hidden="true">{left}</b>
          </p>
          <p class="soft">{w('counting.more')}</p>
        </>
      )}
      {left > 0 && (
        <button type="button" class="btn cancel" onClick={cancelPress}>
          {w('cancel')}
        </button>
      )}
    </>
  )
}

const outOf = ({ counts }: PressAnswer): number => counts.sent + counts.delivered

type Row = { text: string; isDone: boolean }
const rowsOf = (answer: PressAnswer): Row[] => {
  const { receivedAt, counts } = answer
  const out = outOf(answer)
  const done = (text: string): Row => ({ text, isDone: true })
  return [
    done(w('row.received', { at: timeOf(receivedAt) })),
    out > 0
      ? done(w('row.sent', { count: out, contacts: counts.contacts }))
      : { text: w(counts.waiting > 0 ? 'row.waiting' : 'row.nobody'), isDone: false },
    ...(counts.opened > 0 ? [done(w('row.opened', { count: counts.opened }))] : []),
    ...(counts.onIt > 0 ? [done(w('row.on-it', { count: counts.onIt }))] : []),
  ]
}

const Open = ({ press }: { press: QueuedPress }) => (
  <>
    <Heading>{w(press.answer !== null && outOf(press.answer) > 0 ? 'open' : 'open.unsent')}</Heading>
    {press.cancelled && <p class="wrong">{w('too-late')}</p>}
    <ul class="steps card" aria-live="polite">
      {press.answer !== null &&
        rowsOf(press.answer).map(({ text, isDone }) => (
          <li key={text}>
            <span class={isDone ? 'dot' : 'dot wait'} />
            <span>{text}</span>
          </li>
        ))}
    </ul>
  </>
)

const Message = ({ phase }: { phase: Exclude<Phase, 'counting' | 'open'> }) => (
  <>
    <Heading>{w(phase)}</Heading>
    <p role="status" class={phase === 'dead' || phase === 'unfit' ? 'wrong' : ''}>
      {w(`${phase}.more`)}
    </p>
  </>
)

export const Pressed = ({ holder, press, name }: Props) => {
  const phase = phaseOf(press, kept.value)
  const runs = phase === 'counting' || phase === 'open'
  return (
    <div class="stack" key={`${press.alert} ${phase}`}>
      {cutOff.value ? (
        <>
          <Heading>{w('cut-off')}</Heading>
          <p role="status">{w('cut-off.more', { at: timeOf(press.answer?.receivedAt ?? press.heldAt) })}</p>
        </>
      ) : phase === 'counting' ? (
        <Counting press={press} />
      ) : phase === 'open' ? (
        <Open press={press} />
      ) : (
        <Message phase={phase} />
      )}
      {runs && !cutOff.value && <Telling holder={holder} press={press} name={name} />}
      {(phase === 'stored' || phase === 'memory') && (
        <button type="button" class="btn cancel" onClick={cancelPress}>
          {w('cancel')}
        </button>
      )}
      {(cutOff.value || (phase !== 'counting' && phase !== 'cancelling')) && (
        <button type="button" class="quiet" onClick={leavePress}>
          {w('back')}
        </button>
      )}
    </div>
  )
}
