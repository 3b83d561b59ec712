import type { PlanField as Content } from '../../content/family-plan-schema.ts'
import { PLAN_LINE_MAX_CHARS, PLAN_TEXT_MAX_CHARS } from '../../protocol/plan.ts'
import { p } from '../text/plan-text.ts'
import { Field } from '../ui/field.tsx'
import { inWords } from './words.ts'

type Props = { id: string; field: Content; text: string; onText: (text: string) => void }

/** What a ticked field holds. */
const TICKED = 'yes'
/** From here on it is said how much room is left, in parts of it. */
const NEARLY = 0.8

const helpOf = ({ type, help }: Content): string | undefined => {
  if (help !== null) return inWords(help)
  return type === 'date' ? p('date.help') : undefined
}

/** One field, as the content asks for it. */
export const PlanField = ({ id, field, text, onText }: Props) => {
  if (field.type === 'check')
    return (
      <label class="choice">
        <input
          type="checkbox"
          checked={text !== ''}
          onChange={(event) => onText(event.currentTarget.checked ? TICKED : '')}
        />
        <span>
          {inWords(field.label)}
          {field.help !== null && (
            <>
              <br />
              <span class="soft small">{inWords(field.help)}</span>
            </>
          )}
        </span>
      </label>
    )
  const max = field.type === 'text' ? PLAN_TEXT_MAX_CHARS : PLAN_LINE_MAX_CHARS
  return (
    <Field id={id} label={inWords(field.label)} help={helpOf(field)}>
      {(attributes) => (
        <>
          {field.type === 'text' ? (
            <textarea
              {...attributes}
              class="brief"
              value={text}
              maxLength={max}
              autocomplete="off"
              form="unkept"
              onInput={(event) => onText(event.currentTarget.value)}
            />
          ) : (
            <input
              {...attributes}
              inputMode={field.type === 'tel' ? 'tel' : 'text'}
              value={text}
              maxLength={max}
              autocomplete="off"
              onInput={(event) => onText(event.currentTarget.value)}
            />
          )}
          {text.length > NEARLY * max && (
            <span class="help" role="status">
              {p('left', { left: max - text.length })}
            </span>
          )}
        </>
      )}
    </Field>
  )
}
