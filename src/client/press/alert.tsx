import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PressAnswer } from '../../protocol/press.ts'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { press as record } from '../device/records.ts'
import { CallButton } from '../help/call-button.tsx'
import { t } from '../text/app-text.ts'
import { language, timeOf } from '../text/language.ts'
import { CardIcon, TickIcon, WarnIcon } from '../ui/icons.tsx'
import { Heading, Top } from '../ui/page.tsx'
import { go } from '../ui/route.ts'
import { AllClear } from './all-clear.tsx'
import { type Phase, phaseOf } from './phase.ts'
import { Practised } from './practised.tsx'
import { answeredAt, cancelPress, kept, leavePress, running, shown } from './presses.ts'
import { ShareText } from './share.tsx'

type Row = { text: string; state: 'on' | 'no' | 'waiting'; aside: string }

const sentRow = ({ counts }: PressAnswer, again: boolean): Row => {
  const { contacts, sent, delivered, refused, waiting } = counts
  if (sent + delivered > 0)
    return { text: t('row.sent', { count: sent + delivered, contacts }), state: 'on', aside: '' }
  if (waiting === 0 && refused > 0) return { text: t('row.nobody'), state: 'no', aside: '' }
  return {
    text: t(again ? 'row.queued' : 'row.not-sent'),
    state: 'waiting',
    aside: waiting > 0 && !again ? t('row.trying') : '',
  }
}

/** @param again a press within an alert that runs: its messages wait for ten minutes to have passed since the last ones */
const rowsOf = (answer: PressAnswer, again: boolean): Row[] => {
  const { sent, delivered, refused, waiting, opened, onIt } = answer.counts
  const out = sent + delivered
  const rows: Row[] = [
    { text: t('row.received'), state: 'on', aside: timeOf(answer.receivedAt) },
    sentRow(answer, again),
  ]
  if (waiting > 0 && out > 0)
    rows.push({ text: t('row.waiting', { count: waiting }), state: 'waiting', aside: t('row.trying') })
  if (answer.heldUntil !== null)
    rows.push({
      text: t('row.held', { when: timeOf(answer.heldUntil) }),
      state: 'waiting',
      aside: '',
    })
  if (refused > 0) rows.push({ text: t('row.refused', { count: refused }), state: 'no', aside: '' })
  if (delivered > 0) rows.push({ text: t('row.delivered', { count: delivered }), state: 'on', aside: '' })
  if (out > 0)
    rows.push(
      opened > 0
        ? { text: t('row.opened', { count: opened }), state: 'on', aside: '' }
        : { text: t('row.unopened'), state: 'waiting', aside: t('row.wait') },
    )
  if (out > 0 || onIt > 0)
    rows.push(
      onIt > 0
        ? { text: t('row.on-it', { count: onIt }), state: 'on', aside: '' }
        : { text: t('row.nobody-on-it'), state: 'waiting', aside: t('row.wait') },
    )
  return rows
}

const Timeline = ({ answer, again }: { answer: PressAnswer; again: boolean }) => (
  <ul class="steps card" aria-live="polite">
    {rowsOf(answer, again).map((row) => (
      <li key={row.text}>
        <span class={`tick ${row.state}`}>
          {row.state === 'on' && <TickIcon />}
          {row.state === 'no' && <WarnIcon />}
        </span>
        <span>{row.text}</span>
        <em>{row.aside}</em>
      </li>
    ))}
  </ul>
)

/** Seconds left in which it can be cancelled, counted from the server's answer. */
const useLeft = (press: QueuedPress): number => {
  const now = useSignal(Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now()
    }, 250)
    return () => clearInterval(timer)
  }, [])
  const ends = answeredAt.value + (press.answer?.releaseInMs ?? 0)
  return Math.max(0, Math.ceil((ends - now.value) / 1000))
}

/** While an earlier alert runs, cancelling this press does not undo what that one has told. */
const isWithin = (press: QueuedPress): boolean =>
  running.value !== null && running.value.alert !== press.alert && !press.practice

const Counting = ({ press }: { press: QueuedPress }) => {
  const left = useLeft(press)
  return (
    <>
      <Heading>{press.practice ? t('alert.counting.practice') : t('alert.counting')}</Heading>
      <p class="soft">
        {t(
          press.practice
            ? 'alert.counting.practice.more'
            : left > 0
              ? 'alert.counting.more'
              : 'alert.counting.now',
        )}
      </p>
      <div class="hold-space">
        <p class="countdown" role="timer" aria-label={t('alert.counting.left', { seconds: left })}>
          <b aria-hidden="true">{left}</b>
          <small aria-hidden="true">{t('alert.counting.seconds', { seconds: left })}</small>
        </p>
      </div>
      {left > 0 && (
        <div class="stack">
          <button type="button" class="btn cancel" onClick={cancelPress}>
            {t('alert.cancel')}
          </button>
          {!press.practice && (
            <p class="soft small centre">{t(isWithin(press) ? 'alert.cancel.again' : 'alert.cancel.more')}</p>
          )}
        </div>
      )}
    </>
  )
}

const Waiting = ({ phase, practice }: { phase: Phase; practice: boolean }) => (
  <>
    <Heading>{t(phase === 'memory' ? 'alert.memory' : 'alert.stored')}</Heading>
    <p class="light amber" role="status">
      <span class="dot" />
      <span>{t(phase === 'memory' ? 'alert.memory.more' : 'alert.stored.more')}</span>
    </p>
    {!practice && <Help unsent />}
    <div class="push stack">
      <button type="button" class="btn cancel" onClick={cancelPress}>
        {t('alert.cancel')}
      </button>
    </div>
  </>
)

/** It was received, and yet nobody is told for now: all were refused, or their messages are held up. */
const reachesNobody = ({ counts, heldUntil }: PressAnswer): boolean =>
  counts.sent + counts.delivered === 0 && (counts.waiting === 0 || heldUntil !== null)

/** Never a dead end: a call to make, the rights, a text to share. */
const Help = ({ unsent = false, untold = unsent }: { unsent?: boolean; untold?: boolean }) => {
  const hotline = record.value?.hotline ?? ''
  return (
    <div class="stack">
      <CallButton hotline={hotline} label={t('call.hotline')} notVerified={t('call.unverified')} />
      <ShareText hotline={hotline} unsent={untold} />
      <a class="btn" href="#/rights">
        <CardIcon />
        {t('home.rights')}
      </a>
      {/* Who leaves this page while a press waits would stop it from being sent. */}
      {!unsent && (
        <a class="btn" href={`/help/${language.value}`}>
          {t('home.help')}
        </a>
      )}
    </div>
  )
}

const Ended = ({ title, body }: { title: string; body: string }) => (
  <>
    <Heading>{title}</Heading>
    <p role="status">{body}</p>
    <div class="push stack">
      <button type="button" class="btn prime" onClick={leavePress}>
        {t('alert.back')}
      </button>
    </div>
  </>
)

const Body = ({ press, phase }: { press: QueuedPress; phase: Phase }) => {
  switch (phase) {
    case 'stored':
    case 'memory':
      return <Waiting phase={phase} practice={press.practice} />
    case 'counting':
      return <Counting press={press} />
    case 'cancelling':
      return (
        <>
          <Heading>{t('alert.cancelling')}</Heading>
          <p role="status">{t('alert.cancelling.more')}</p>
        </>
      )
    case 'cancelled':
      return (
        <Ended
          title={t('alert.cancelled')}
          body={t(isWithin(press) ? 'alert.cancel.again' : 'alert.cancelled.more')}
        />
      )
    case 'cleared':
      return press.practice ? (
        <Practised />
      ) : (
        <Ended title={t('alert.cleared')} body={t('alert.cleared.more')} />
      )
    case 'expired':
      return (
        <>
          <Heading>{t('alert.expired')}</Heading>
          <p role="status">{t('alert.expired.more')}</p>
          <div class="push stack">
            <AllClear press={press} />
            <button type="button" class="btn prime" onClick={leavePress}>
              {t('alert.back')}
            </button>
          </div>
        </>
      )
    case 'dead':
    case 'unfit':
      return (
        <>
          <Heading>{t('alert.dead')}</Heading>
          <p class="wrong" role="alert">
            {t(phase === 'dead' ? 'alert.dead.more' : 'alert.unfit.more')}
          </p>
          <Help unsent />
          <div class="push stack">
            <button type="button" class="btn" onClick={leavePress}>
              {t('alert.back')}
            </button>
          </div>
        </>
      )
    case 'open':
      return (
        <>
          <Heading>
            {press.answer !== null && press.answer.counts.sent + press.answer.counts.delivered > 0
              ? t('alert.open')
              : t('alert.open.unsent')}
          </Heading>
          {press.cancelled && (
            <p class="light amber" role="status">
              <span class="dot" />
              <span>{t('alert.too-late')}</span>
            </p>
          )}
          {press.answer !== null && <Timeline answer={press.answer} again={isWithin(press)} />}
          <Help untold={press.answer !== null && reachesNobody(press.answer)} />
          <div class="push stack">
            <AllClear press={press} />
            <button type="button" class="quiet" onClick={seeWho}>
              {t('alert.who')}
            </button>
            <button type="button" class="quiet" onClick={leavePress}>
              {t('alert.again')}
            </button>
          </div>
        </>
      )
  }
}

/** Names are in the vault, which this page does without. */
const seeWho = async (): Promise<void> => {
  await leavePress()
  go('people')
}

/** After the press. The heading is new with each phase, so that a screen reader hears of it. */
export const Alert = () => {
  const press = shown.value
  if (press === null) return null
  const phase = phaseOf(press, kept.value)
  return (
    <>
      <Top title={press.practice ? t('alert.top.practice') : 'Amparo'} />
      <main key={`${press.alert} ${phase}`}>
        <Body press={press} phase={phase} />
      </main>
    </>
  )
}
