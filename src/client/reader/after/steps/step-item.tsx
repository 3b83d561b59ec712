import type { ComponentChildren } from 'preact'
import type { NextStep } from '../../../../content/next-steps-schema.ts'
import type { Letter } from '../../../../protocol/letter-content.ts'
import { allFacts, factsFor, namesFrom } from '../../../next-steps/shown-plan.ts'
import { StepBody } from '../../../next-steps/step-body.tsx'
import { doneBy } from '../../../next-steps/ticks.ts'
import { language } from '../../../text/language.ts'
import { s } from '../../../text/steps-text.ts'
import { gone } from '../standing.ts'
import { Facts } from './facts.tsx'
import { loadShown, shown } from './shown.ts'
import { SpellingList } from './spelling-list.tsx'
import { over, sets, tick, ticked, waiting } from './ticking.ts'

/** Steps of which the plan says so much that its being there or not is worth a sentence. */
const NEEDS_PLAN = ['open-plan', 'gather-identity', 'locator']

const FromPlan = ({ step, letter }: { step: string; letter: Letter }) => {
  const now = shown.value
  if (now.at !== 'here') {
    if (!NEEDS_PLAN.includes(step)) return null
    if (now.at === 'loading') return <p class="soft">{s('plan.loading')}</p>
    if (now.at === 'unreadable') return <p class="wrong">{s('plan.unreadable')}</p>
    return (
      <>
        <p class="wrong">{s('plan.failed')}</p>
        <button type="button" class="btn" onClick={() => void loadShown()}>
          {s('again')}
        </button>
      </>
    )
  }
  const { plan } = now
  const names = plan === null ? { legal: null, others: null } : namesFrom(plan)
  if (step === 'spellings')
    return (
      <SpellingList
        legal={names.legal ?? letter.from}
        others={names.others}
        fromLetter={names.legal === null}
      />
    )
  const groups =
    plan === null
      ? []
      : step === 'open-plan'
        ? allFacts(plan, language.value)
        : factsFor(step, plan, language.value)
  if (groups.length > 0)
    return (
      <>
        <p class="small soft">{s('plan.from', { name: letter.from })}</p>
        <Facts groups={groups} />
      </>
    )
  return NEEDS_PLAN.includes(step) ? <p class="small">{s('plan.none', { name: letter.from })}</p> : null
}

/** Who has done it, once the service has said so; or that it has not got there. */
const Who = ({ step }: { step: string }) => {
  if (waiting.value.has(step)) return <small>{s('waiting')}</small>
  const [own, ...others] = sets.value
  const by = doneBy(step, sets.value)
  if (by.length === 0) return null
  const names = [
    ...(own !== undefined && by.includes(own) ? [s('by.you')] : []),
    ...others.filter((one) => by.includes(one)).map(({ name }) => name ?? s('by.somebody')),
  ]
  return (
    <small>
      <bdi>{s('by', { names: names.join(', ') })}</bdi>
    </small>
  )
}

/** The step at which the letter's own hotline stands. */
const CALL = 'call-hotline'

/** `call`: the button for it. */
export type ItemProps = { letter: Letter; call: ComponentChildren }

export const StepItem = ({ step, letter, call }: ItemProps & { step: NextStep }) => {
  const title = step.title[language.value]
  const { id, never } = step
  return (
    <li data-step={id}>
      {!never && (
        <input
          type="checkbox"
          aria-label={s('tick', { step: title })}
          checked={ticked(id)}
          disabled={over.value || gone.value}
          onChange={({ currentTarget }) => tick(id, currentTarget.checked)}
        />
      )}
      <details class="fold">
        <summary>
          <span>
            {title}
            {!never && <Who step={id} />}
          </span>
        </summary>
        <StepBody step={step} words={{ language: language.value, t: s }}>
          {id === CALL && call}
          <FromPlan step={id} letter={letter} />
        </StepBody>
      </details>
    </li>
  )
}
