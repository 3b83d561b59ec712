import { useSignal } from '@preact/signals'
import { t } from '../text/join-text.ts'
import { Field } from '../ui/field.tsx'
import { placeIn } from './pasted.ts'
import type { Place } from './standing.ts'

/** An app on an iPhone's home screen begins empty, and no link in a chat opens it: the message is pasted there once. */
export const Paste = ({ onPlace }: { onPlace: (place: Place) => void }) => {
  const text = useSignal('')
  const checked = useSignal(false)
  const place = placeIn(text.value)
  return (
    <form
      class="card stack"
      autocomplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        checked.value = true
        if (place !== null) onPlace(place)
      }}
    >
      <Field
        id="pasted"
        label={t('paste.label')}
        help={t('paste.help')}
        wrong={checked.value && place === null ? t('paste.wrong') : null}
      >
        {(attributes) => (
          <textarea
            {...attributes}
            rows={3}
            autocomplete="off"
            spellcheck={false}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <button type="submit" class="btn prime">
        {t('paste.open')}
      </button>
    </form>
  )
}
