import { useSignal } from '@preact/signals'
import { ownerNameProblem } from '../contacts/checks.ts'
import type { SetupDraft } from '../device/draft.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { change, toStep } from './draft-state.ts'
import { PlacePicker } from './place-picker.tsx'
import { StepEnd } from './steps.tsx'

export const StepYou = ({ draft }: { draft: SetupDraft }) => {
  const checked = useSignal(false)
  const next = (): void => {
    checked.value = true
    if (ownerNameProblem(draft.name) === null) toStep(2)
  }
  return (
    <>
      <Field
        id="name"
        label={s('you.name')}
        help={s('you.name.help')}
        wrong={checked.value ? ownerNameProblem(draft.name) : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            value={draft.name}
            autocomplete="off"
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <PlacePicker
        state={draft.state}
        hotline={draft.hotline}
        onPick={(state, hotline) => change({ state, hotline })}
      />
      <StepEnd onNext={next} />
    </>
  )
}
