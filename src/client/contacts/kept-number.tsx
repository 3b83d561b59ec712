import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { pinSet } from '../device/locked.ts'
import { dialled, keepNumber, readNumbers } from '../device/numbers.ts'
import { nt } from '../text/numbers-text.ts'
import { Field } from '../ui/field.tsx'

/** A number for the last resort: kept on this phone alone, and only where the owner has ticked that it is. */
export const KeptNumber = ({ contact, name }: { contact: string; name: string }) => {
  const kept = useSignal<string | null>(null)
  const typed = useSignal('')
  const agreed = useSignal(false)
  const wrong = useSignal<'number' | 'tick' | 'phone' | null>(null)
  useEffect(() => {
    void readNumbers().then((all) => {
      kept.value = all.find((one) => one.contact === contact)?.number ?? null
    })
  }, [])
  const put = async (number: string | null): Promise<void> => {
    const isKept = await keepNumber(contact, number)
    wrong.value = isKept ? null : 'phone'
    if (!isKept) return
    kept.value = number
    typed.value = ''
    agreed.value = false
  }
  const keep = (): void => {
    const number = dialled(typed.value)
    if (number === null) wrong.value = 'number'
    else if (!agreed.value) wrong.value = 'tick'
    else void put(number)
  }
  return (
    <section class="card stack" aria-label={nt('title')}>
      <h2>{nt('title')}</h2>
      <p class="small">{nt('about', { name })}</p>
      {kept.value !== null ? (
        <>
          <p class="light" role="status">
            <span class="dot" />
            <span>{nt('kept', { number: kept.value })}</span>
          </p>
          <button type="button" class="btn" onClick={() => void put(null)}>
            {nt('forget')}
          </button>
        </>
      ) : (
        <>
          <Field
            id="kept-number"
            label={nt('number', { name })}
            wrong={wrong.value === 'number' ? nt('number.wrong') : null}
          >
            {(attributes) => (
              <input
                {...attributes}
                type="tel"
                inputMode="tel"
                autocomplete="off"
                value={typed.value}
                onInput={(event) => (typed.value = event.currentTarget.value)}
              />
            )}
          </Field>
          <label class="choice">
            <input
              type="checkbox"
              checked={agreed.value}
              onChange={(event) => (agreed.value = event.currentTarget.checked)}
            />
            <span>
              {nt('tick')} <b>{nt(pinSet.value ? 'tick.pin' : 'tick.read')}</b>
            </span>
          </label>
          <button type="button" class="btn" onClick={keep}>
            {nt('keep')}
          </button>
        </>
      )}
      <div aria-live="polite">
        {(wrong.value === 'tick' || wrong.value === 'phone') && (
          <p class="wrong">{nt(wrong.value === 'tick' ? 'tick.wrong' : 'phone.wrong')}</p>
        )}
      </div>
    </section>
  )
}
