import { useSignal } from '@preact/signals'
import type * as z from 'zod/mini'
import file from '../../content/caregiver.json'
import type { CaregiverFile } from '../../content/family-plan-schema.ts'
import { STATE_NAMES } from '../../content/state-names.ts'
import { language } from '../text/language.ts'
import { p } from '../text/plan-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { inWords } from './words.ts'

/** The schema is checked by the build. */
const CARE = file as z.infer<typeof CaregiverFile>

type Said = { source: { url: string }; confidence: string }

/** Whoever relies on it can read it where it was read; what nobody has read through since is said to be unverified. */
const SourceOf = ({ said: { source, confidence }, isChecked }: { said: Said; isChecked: boolean }) => (
  <p class="small">
    {(confidence !== 'high' || !isChecked) && <>{p('care.unverified')} </>}
    <a href={source.url} target="_blank" rel="noreferrer noopener">
      {p('care.source', { host: new URL(source.url).host.replace(/^www\./, '') })}
    </a>
  </p>
)

const StateForm = ({ state }: { state: string }) => {
  const form = CARE.states.find((one) => one.state === state)
  if (form === undefined) return <p class="card">{p('care.state.none')}</p>
  return (
    <section class="card stack">
      <p>
        <b>{inWords(form.name)}</b>
      </p>
      <p>{inWords(form.text)}</p>
      <SourceOf said={form} isChecked={form.checked !== null} />
    </section>
  )
}

/** How somebody may decide for the children, and which form their state has. */
export const CarePage = () => {
  const state = useSignal('')
  const states = Object.entries(STATE_NAMES).sort(([, a], [, b]) =>
    inWords(a).localeCompare(inWords(b), language.value),
  )
  return (
    <>
      <BackTop to="plan" />
      <main>
        <Heading>{p('care.title')}</Heading>
        <p>{p('care.body')}</p>
        <p class="light amber">
          <span class="dot" />
          <span>{p('care.advice')}</span>
        </p>
        <Field id="state" label={p('care.state')}>
          {(attributes) => (
            <select
              {...attributes}
              value={state.value}
              onChange={(event) => {
                state.value = event.currentTarget.value
              }}
            >
              <option value="">{p('care.state.pick')}</option>
              {states.map(([code, name]) => (
                <option key={code} value={code}>
                  {inWords(name)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div role="status">{state.value !== '' && <StateForm state={state.value} />}</div>
        <h2>{p('care.ways')}</h2>
        {CARE.arrangements.map((way) => (
          <section class="card stack" key={way.id}>
            <h3>{inWords(way.title)}</h3>
            <p>{inWords(way.text)}</p>
            <SourceOf said={way} isChecked />
          </section>
        ))}
        <h2>{p('care.children')}</h2>
        <p>{inWords(CARE.children.text)}</p>
        <SourceOf said={CARE.children} isChecked />
      </main>
    </>
  )
}
