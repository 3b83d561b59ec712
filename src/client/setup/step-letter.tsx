import { useSignal } from '@preact/signals'
import { letterProblem } from '../contacts/checks.ts'
import type { SetupDraft } from '../device/draft.ts'
import { LetterField } from '../letters/letter-field.tsx'
import { s } from '../text/setup-text.ts'
import { change, toStep } from './draft-state.ts'
import { StepEnd } from './steps.tsx'

export const StepLetter = ({ draft }: { draft: SetupDraft }) => {
  const checked = useSignal(false)
  const next = (): void => {
    checked.value = true
    if (letterProblem(draft.text) === null) toStep(4)
  }
  return (
    <>
      <p class="soft">{s('step.3.body', { name: draft.contactName })}</p>
      <LetterField
        text={draft.text}
        language={draft.language}
        checked={checked.value}
        onText={(text) => change({ text })}
      />
      <StepEnd onNext={next} />
    </>
  )
}
