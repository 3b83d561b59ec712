import { c } from '../text/check-ins-text.ts'
import { Field } from '../ui/field.tsx'
import { dayName } from './check-in-card.tsx'
import type { ArmDraft } from './draft.ts'

const KINDS = ['in', 'once', 'weekly'] as const
const MINUTES = [30, 60, 120, 240, 480] as const
/** Monday first. */
const DAYS = [1, 2, 3, 4, 5, 6, 0] as const

type Props = { draft: ArmDraft; onChange: (patch: Partial<ArmDraft>) => void }

const Weekdays = ({ draft: { days }, onChange }: Props) => (
  <fieldset class="choices">
    <legend>{c('days')}</legend>
    {DAYS.map((day) => (
      <label key={day} class="choice">
        <input
          type="checkbox"
          checked={days.includes(day)}
          onChange={(event) =>
            onChange({
              days: event.currentTarget.checked ? [...days, day] : days.filter((one) => one !== day),
            })
          }
        />
        <span>{dayName(day, 'long')}</span>
      </label>
    ))}
  </fieldset>
)

/** By when she will have said that she is well: in a while, at a time, or on days of the week. */
export const WhenFields = ({ draft, onChange }: Props) => (
  <>
    <fieldset class="choices">
      <legend>{c('when')}</legend>
      {KINDS.map((kind) => (
        <label key={kind} class="choice">
          <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => onChange({ kind })} />
          <span>
            <b>{c(`when.${kind}`)}</b>
            <br />
            <small>{c(`when.${kind}.more`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
    {draft.kind === 'in' && (
      <Field id="minutes" label={c('in')}>
        {(attributes) => (
          <select
            {...attributes}
            value={String(draft.minutes)}
            onChange={(event) => onChange({ minutes: Number(event.currentTarget.value) })}
          >
            {MINUTES.map((minutes) => (
              <option key={minutes} value={String(minutes)}>
                {minutes < 60 ? c('minutes', { minutes }) : c('hours', { hours: minutes / 60 })}
              </option>
            ))}
          </select>
        )}
      </Field>
    )}
    {draft.kind === 'once' && (
      <Field id="date" label={c('date')}>
        {(attributes) => (
          <input
            {...attributes}
            type="date"
            value={draft.date}
            onInput={(event) => onChange({ date: event.currentTarget.value })}
          />
        )}
      </Field>
    )}
    {draft.kind === 'weekly' && <Weekdays draft={draft} onChange={onChange} />}
    {draft.kind !== 'in' && (
      <Field id="time" label={c('time')}>
        {(attributes) => (
          <input
            {...attributes}
            type="time"
            value={draft.time}
            onInput={(event) => onChange({ time: event.currentTarget.value })}
          />
        )}
      </Field>
    )}
  </>
)
