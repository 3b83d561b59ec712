import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { stepsFor } from '../../../../content/next-steps.ts'
import { PHASES, type Phase, ROLES, type Role } from '../../../../content/phases.ts'
import '../../../next-steps/next-steps.css'
import { language } from '../../../text/language.ts'
import { s, stepsText } from '../../../text/steps-text.ts'
import { gone, opened } from '../standing.ts'
import { loadShown } from './shown.ts'
import { type ItemProps, StepItem } from './step-item.tsx'
import { failing, isKnown, over, pickRole, role, sync, ticked, waiting, watchTicks } from './ticking.ts'

/** Before it is shown for the first time. */
export const begin = async (): Promise<void> => {
  await stepsText.load(language.value)
  watchTicks()
  void loadShown()
}

const HOUR_MS = 3_600_000

/** What is due by now; what was left of before stands one tap away. */
const phaseAt = (pressedAt: number, now: number): Phase =>
  now - pressedAt < 6 * HOUR_MS ? 'first-hour' : now - pressedAt < 36 * HOUR_MS ? 'first-day' : 'first-week'

const roleOf = (text: string): Role | null => ROLES.find((one) => one === text) ?? null

const RolePicker = () => (
  <div class="field">
    <label for="steps-role">{s('role')}</label>
    <select
      id="steps-role"
      value={role.value}
      onChange={({ currentTarget }) => pickRole(currentTarget.value)}
    >
      <option value="">{s('role.all')}</option>
      {ROLES.map((one) => (
        <option key={one} value={one}>
          {s(`role.${one}`)}
        </option>
      ))}
    </select>
  </div>
)

/** Whether the others see what is ticked here. Nothing is called shared that the service has not taken. */
const Sharing = ({ from, doubtful }: { from: string; doubtful: boolean }) => {
  const count = waiting.value.size
  if (doubtful) return <p class="small">{s('share.alone')}</p>
  if (gone.value) return <p class="small">{s('share.gone')}</p>
  if (over.value)
    return <p class="small">{s(count > 0 ? 'share.over.waiting' : 'share.over', { name: from })}</p>
  if (failing.value)
    return (
      <>
        <p class="wrong">{count > 0 ? s('share.waiting', { count }) : s('share.unknown')}</p>
        <button type="button" class="btn" onClick={() => void sync()}>
          {s('again')}
        </button>
      </>
    )
  if (count > 0 || !isKnown.value) return <p class="small">{s('share.sending')}</p>
  return <p class="small">{s('share.shared')}</p>
}

const Phases = ({ phase, onPick }: { phase: Phase; onPick: (phase: Phase) => void }) => (
  <nav class="phases" aria-label={s('phases')}>
    {PHASES.map((one) => {
      const todo = stepsFor(one, roleOf(role.value)).filter(({ never }) => !never)
      const done = todo.filter(({ id }) => ticked(id)).length
      return (
        <button key={one} type="button" class="btn" aria-pressed={one === phase} onClick={() => onPick(one)}>
          <span>
            {s(`phase.${one}`)}
            <small>{s('phase.done', { done, all: todo.length })}</small>
          </span>
        </button>
      )
    })}
  </nav>
)

const List = ({ phase, ...item }: { phase: Phase } & ItemProps) => {
  const steps = stepsFor(phase, roleOf(role.value))
  const nevers = steps.filter(({ never }) => never)
  return (
    <>
      <ul class="todo">
        {steps
          .filter(({ never }) => !never)
          .map((step) => (
            <StepItem key={step.id} step={step} {...item} />
          ))}
      </ul>
      {nevers.length > 0 && (
        <>
          <h3>{s('never')}</h3>
          <ul class="todo never">
            {nevers.map((step) => (
              <StepItem key={step.id} step={step} {...item} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** What to do in the first hour, day and week, and who has done what. */
export const Steps = ({ call }: Pick<ItemProps, 'call'>) => {
  const open = opened()
  const phase = useSignal<Phase>(phaseAt(open?.answer.alert.pressedAt ?? 0, Date.now()))
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  useEffect(() => void stepsText.load(language.value), [language.value])
  if (open === null) return null
  const { letter, doubtful } = open
  return (
    <section class="card stack next" aria-labelledby="steps-title">
      <h2 id="steps-title" ref={heading} tabIndex={-1}>
        {s('title')}
      </h2>
      <p class="small">{s('body.letter')}</p>
      <RolePicker />
      <Phases phase={phase.value} onPick={(picked) => (phase.value = picked)} />
      <div role="status" class="stack">
        <Sharing from={letter.from} doubtful={doubtful} />
      </div>
      <List phase={phase.value} letter={letter} call={call} />
      <p class="small soft">{s('advice')}</p>
    </section>
  )
}
