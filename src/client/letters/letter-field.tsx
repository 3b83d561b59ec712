import { useSignal } from '@preact/signals'
import type { Language } from '../../protocol/fields.ts'
import { LETTER_TEXT_MAX_CHARS } from '../../protocol/limits.ts'
import { letterProblem } from '../contacts/checks.ts'
import { TEMPLATES, type TemplateId, templateIn } from '../text/letter-templates.ts'
import { s } from '../text/setup-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

type Props = {
  text: string
  /** In which the templates come: the reader's. */
  language: Language
  checked: boolean
  onText: (text: string) => void
}

/** The letter, with texts that help a person to start. A template never overwrites words that someone wrote without asking. */
export const LetterField = ({ text, language, checked, onText }: Props) => {
  const offered = useSignal<TemplateId | null>(null)
  const untouched = useSignal<string | null>(null)
  const put = async (id: TemplateId): Promise<void> => {
    const template = await templateIn(language, id)
    untouched.value = template
    offered.value = null
    onText(template)
  }
  const pick = (id: TemplateId): void => {
    if (text.trim() === '' || text === untouched.value) void put(id)
    else offered.value = id
  }
  return (
    <>
      <Field id="template" label={s('letter.start')}>
        {(attributes) => (
          <select
            {...attributes}
            value=""
            onChange={(event) => {
              const picked = TEMPLATES.find((id) => id === event.currentTarget.value)
              event.currentTarget.value = ''
              if (picked !== undefined) pick(picked)
            }}
          >
            <option value="">{s('letter.start.none')}</option>
            {TEMPLATES.map((id) => (
              <option key={id} value={id}>
                {s(`letter.start.${id}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        id="letter"
        label={s('letter.label')}
        help={s('letter.help')}
        wrong={checked ? letterProblem(text) : null}
      >
        {(attributes) => (
          <textarea
            {...attributes}
            class="letter-text"
            lang={language}
            value={text}
            maxLength={LETTER_TEXT_MAX_CHARS}
            autocomplete="off"
            form="unkept"
            onInput={(event) => onText(event.currentTarget.value)}
          />
        )}
      </Field>
      {offered.value !== null && (
        <Dialog title={s('letter.replace')} onClose={() => (offered.value = null)}>
          <button
            type="button"
            class="btn prime"
            onClick={() => offered.value !== null && void put(offered.value)}
          >
            {s('letter.replace.yes')}
          </button>
          <button type="button" class="btn" onClick={() => (offered.value = null)}>
            {s('letter.replace.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
