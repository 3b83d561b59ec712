import type { Language } from '../../protocol/fields.ts'
import { LANGUAGES } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { contactNameProblem, optionalEmailProblem } from './checks.ts'

type Values = { name: string; email: string; language: Language }
type Props = Values & { isConfirmed?: boolean; checked: boolean; onChange: (values: Partial<Values>) => void }

/** Who, where, in which language. */
export const ContactFields = ({ name, email, language, isConfirmed = false, checked, onChange }: Props) => (
  <>
    <Field id="contact-name" label={s('contact.name')} wrong={checked ? contactNameProblem(name) : null}>
      {(attributes) => (
        <input
          {...attributes}
          value={name}
          autocomplete="off"
          placeholder={s('contact.name.example')}
          onInput={(event) => onChange({ name: event.currentTarget.value })}
        />
      )}
    </Field>
    <Field
      id="contact-email"
      label={s('contact.email')}
      help={s(isConfirmed ? 'contact.email.confirmed' : 'contact.email.help')}
      wrong={checked ? optionalEmailProblem(email) : null}
    >
      {(attributes) => (
        <input
          {...attributes}
          type="email"
          inputMode="email"
          value={email}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          placeholder={s('contact.email.example')}
          onInput={(event) => onChange({ email: event.currentTarget.value })}
        />
      )}
    </Field>
    <Field id="contact-language" label={s('contact.language')}>
      {(attributes) => (
        <select
          {...attributes}
          value={language}
          onChange={(event) => {
            const picked = LANGUAGES.find(({ code }) => code === event.currentTarget.value)
            if (picked !== undefined) onChange({ language: picked.code })
          }}
        >
          {LANGUAGES.map(({ code, name: label }) => (
            <option key={code} value={code} lang={code}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  </>
)
