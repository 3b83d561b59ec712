import { stepsFor } from '../../../content/next-steps.ts'
import type { NextStep } from '../../../content/next-steps-schema.ts'
import { PHASES, type Phase, ROLES } from '../../../content/phases.ts'
import { StepBody } from '../../next-steps/step-body.tsx'
import type { StepWords } from '../../next-steps/words.ts'
import { addressOf, sourcesOf } from './addresses.ts'
import { stepWordsIn, type Words } from './words.ts'

/** Shown by JavaScript, which alone makes it do something. */
const RoleField = ({ words: { t } }: { words: StepWords }) => (
  <div class="field" id="role-field" hidden>
    <label for="role">{t('role')}</label>
    <select id="role">
      <option value="">{t('role.all')}</option>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {t(`role.${role}`)}
        </option>
      ))}
    </select>
  </div>
)

const Hotline = ({ words: { language, t } }: { words: StepWords }) => (
  <a class="btn call" href={addressOf(language, 'hotlines')}>
    {t('hotlines')}
  </a>
)

const Item = ({ step, words }: { step: NextStep; words: StepWords }) => {
  const title = step.title[words.language]
  return (
    <li data-step={step.id} data-roles={step.roles.join(' ')}>
      <details class="fold">
        <summary>{title}</summary>
        <StepBody step={step} words={words} listed={sourcesOf}>
          {step.id === 'call-hotline' && <Hotline words={words} />}
        </StepBody>
      </details>
    </li>
  )
}

const PhasePart = ({ phase, words }: { phase: Phase; words: StepWords }) => {
  const steps = stepsFor(phase, null)
  const item = (step: NextStep) => <Item key={step.id} step={step} words={words} />
  return (
    <section class="card" id={phase} aria-labelledby={`${phase}-title`}>
      <h2 id={`${phase}-title`}>{words.t(`phase.${phase}`)}</h2>
      <ul class="todo">{steps.filter(({ never }) => !never).map(item)}</ul>
      <div data-never="">
        <h3>{words.t('never')}</h3>
        <ul class="todo never">{steps.filter(({ never }) => never).map(item)}</ul>
      </div>
    </section>
  )
}

/** For anybody, without a letter: whole without JavaScript, which adds ticks and whose steps are shown. */
export const StepsPage = ({ words: { language } }: { words: Words }) => {
  const words = stepWordsIn(language)
  return (
    <>
      <p>{words.t('body')}</p>
      <RoleField words={words} />
      {PHASES.map((phase) => (
        <PhasePart key={phase} phase={phase} words={words} />
      ))}
      <div class="stack" id="ticks" hidden>
        <p class="small soft">{words.t('here')}</p>
        <button type="button" class="btn" id="clear">
          {words.t('here.clear')}
        </button>
      </div>
    </>
  )
}
