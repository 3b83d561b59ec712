import { n } from '../text/pin-text.ts'
import { Field } from '../ui/field.tsx'

type Props = {
  id: string
  label: string
  value: string
  onType: (digits: string) => void
  help?: string
  wrong?: string | null
}

/** Digits only; not a password field, so that no browser offers to keep it. */
export const PinField = ({ id, label, value, onType, help, wrong }: Props) => (
  <Field id={id} label={label} help={help ?? n('field.help')} wrong={wrong}>
    {(attributes) => (
      <input
        {...attributes}
        class="digits"
        type="text"
        inputMode="numeric"
        maxLength={12}
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, '')
          event.currentTarget.value = digits
          onType(digits)
        }}
      />
    )}
  </Field>
)
