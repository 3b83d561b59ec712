import { useSignal } from '@preact/signals'
import { CONTACT_NAME_MAX_CHARS, PERSON_DELAY_MS, PRESSERS_MAX } from '../../protocol/limits.ts'
import { pr } from '../text/pressers-text.ts'
import { Field } from '../ui/field.tsx'
import { replace } from '../ui/route.ts'
import type { Opened } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { labelFrom, newPerson } from './changes.ts'
import { DelayChoice } from './delay-choice.tsx'

/** Somebody else who may press: a name for the owner alone, a delay; then the link. */
export const NewPerson = ({ opened: { document } }: { opened: Opened }) => {
  const typed = useSignal('')
  const delayMs = useSignal(PERSON_DELAY_MS)
  const wrong = useSignal(false)
  const saving = useSaving()
  if (document.pressers.length >= PRESSERS_MAX) return <p class="light amber">{pr('full')}</p>
  const make = async (): Promise<void> => {
    const label = labelFrom(typed.value)
    wrong.value = label === null
    if (label === null) return
    const made = newPerson(label, delayMs.value, Date.now())
    const saved = await saving.save((current) => ({ ...current, pressers: [...current.pressers, made] }))
    if (saved) replace(`pressers/${made.id}`)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!saving.isBusy) void make()
      }}
    >
      <p>{pr('new.body', { name: document.name })}</p>
      <Field
        id="label"
        label={pr('label')}
        help={pr('label.help')}
        wrong={wrong.value ? pr('label.wrong') : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            value={typed.value}
            maxLength={CONTACT_NAME_MAX_CHARS}
            autocomplete="off"
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value
            }}
          />
        )}
      </Field>
      <DelayChoice
        kind="person"
        chosen={delayMs.value}
        onChoose={(ms) => {
          delayMs.value = ms
        }}
      />
      <SavingNews saving={saving} />
      <button type="submit" class="btn prime" disabled={saving.isBusy}>
        {pr('make')}
      </button>
    </form>
  )
}
