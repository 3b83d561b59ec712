import { useEffect } from 'preact/hooks'
import { DETAIL_MAX_CHARS, PLACE_MAX_CHARS, WHEN_MAX_CHARS } from '../../protocol/limits.ts'
import type { QueuedPress } from '../../queue/press-queue.ts'
import { w } from '../text/witness-text.ts'
import { Field } from '../ui/field.tsx'
import type { Holder } from './holder.ts'
import { readWords, said, say, words, write } from './say.ts'

type Props = { holder: Holder; press: QueuedPress; name: string | null }

/** Where, when and what happened. All of it is optional; the press does not wait for it. */
export const Telling = ({ holder, press, name }: Props) => {
  const { alert } = press
  useEffect(() => readWords(alert), [alert])
  const { place, when, what, saw } = words.value
  const isEmpty = place.trim() + when.trim() + what.trim() === '' && saw === null
  const now = said.value
  if (now === 'closed' || now === 'revoked') return <p class="card">{w(`tell.${now}`)}</p>
  return (
    <section class="card stack" aria-label={w('tell')}>
      <h2>{w('tell')}</h2>
      <p class="small">{name === null ? w('tell.who.somebody') : w('tell.who', { name })}</p>
      <Field id="place" label={w('tell.place')}>
        {(attributes) => (
          <input
            {...attributes}
            value={place}
            maxLength={PLACE_MAX_CHARS}
            autocomplete="off"
            onInput={({ currentTarget }) => write(alert, { place: currentTarget.value })}
          />
        )}
      </Field>
      <Field id="when" label={w('tell.when')}>
        {(attributes) => (
          <input
            {...attributes}
            value={when}
            maxLength={WHEN_MAX_CHARS}
            autocomplete="off"
            onInput={({ currentTarget }) => write(alert, { when: currentTarget.value })}
          />
        )}
      </Field>
      <Field id="what" label={w('tell.what')}>
        {(attributes) => (
          <textarea
            {...attributes}
            value={what}
            rows={3}
            maxLength={DETAIL_MAX_CHARS}
            autocomplete="off"
            form="unkept"
            onInput={({ currentTarget }) => write(alert, { what: currentTarget.value })}
          />
        )}
      </Field>
      <fieldset class="choices">
        <legend>{w('tell.saw')}</legend>
        {([true, false] as const).map((answer) => (
          <label class="choice" key={String(answer)}>
            <input
              type="radio"
              name="saw"
              checked={saw === answer}
              onChange={() => write(alert, { saw: answer })}
            />
            <span>{w(answer ? 'tell.saw.yes' : 'tell.saw.no')}</span>
          </label>
        ))}
      </fieldset>
      <div aria-live="polite">
        {now === 'said' && <p>{w('tell.said')}</p>}
        {now === 'not-sent' && <p class="wrong">{w('tell.not-sent')}</p>}
      </div>
      <button
        type="button"
        class="btn prime"
        disabled={isEmpty || now === 'sending' || now === 'said'}
        onClick={() => void say(holder, press)}
      >
        {w(now === 'sending' ? 'tell.sending' : 'tell.send')}
      </button>
    </section>
  )
}
