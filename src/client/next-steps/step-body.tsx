import type { ComponentChildren } from 'preact'
import type { NextStep } from '../../content/next-steps-schema.ts'
import { Call } from './call.tsx'
import { ConsulateList } from './consulate-list.tsx'
import { SourceLine } from './source-line.tsx'
import type { StepWords } from './words.ts'

/** The step whose warning stands before a list of numbers. */
const CONSULATE = 'consulate'

type Props = {
  step: NextStep
  words: StepWords
  /** Of a page that has the sources, where the page itself does not name their addresses. */
  listed?: ((of: 'steps' | 'consulates', id: string) => string) | undefined
  /** What the place where it stands knows more: the hotline to call, facts of the family's plan. */
  children?: ComponentChildren
}

/** How a step is done. The warning comes before anything that can be tapped. */
export const StepBody = ({ step, words, listed, children }: Props) => {
  const { language } = words
  const { organisation, url, date } = step.source
  return (
    <div class="stack how">
      <p>{step.text[language]}</p>
      {step.warning !== null && <p class="wrong">{step.warning[language]}</p>}
      {children}
      {step.calls.map(({ label, phone, hours, by }) => (
        <div key={phone} class="stack">
          <Call phone={phone} label={label[language]} government={by === 'government'} words={words} />
          {hours !== null && <p class="small soft">{hours[language]}</p>}
        </div>
      ))}
      {step.pages.map((page) => (
        <a key={page.url} href={page.url} target="_blank" rel="noreferrer noopener">
          {page.label[language]}
        </a>
      ))}
      {step.id === CONSULATE && <ConsulateList words={words} listed={listed} />}
      <SourceLine
        url={listed?.('steps', step.id) ?? url}
        name={organisation}
        date={date}
        confidence={step.confidence}
        words={words}
      />
    </div>
  )
}
