import { t } from '../text/join-text.ts'
import { Field } from '../ui/field.tsx'
import type { Draft } from './draft.ts'
import { COUNTRIES, numberOf } from './phone.ts'

type Props = { sms: Draft['sms']; checked: boolean; onSms: (sms: Draft['sms']) => void }

/** A number for text messages, beside whatever else was chosen; empty for none. */
export const SmsChoice = ({ sms, checked, onSms }: Props) => {
  const isWrong = checked && sms.typed.trim() !== '' && sms.number === null
  const change = (country: string, typed: string): void =>
    onSms({ country, typed, number: numberOf(country, typed) })
  return (
    <section class="card stack">
      <h2>{t('sms.title')}</h2>
      <p class="small">{t('sms.more')}</p>
      <Field id="sms-country" label={t('sms.country')}>
        {(attributes) => (
          <select
            {...attributes}
            value={sms.country}
            onChange={(event) => change(event.currentTarget.value, sms.typed)}
          >
            {COUNTRIES.map(([code, name]) => (
              <option key={code} value={code}>
                {`+${code} ${name}`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        id="sms-number"
        label={t('sms.number')}
        help={t('sms.number.help')}
        wrong={isWrong ? t('sms.number.wrong') : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            type="tel"
            inputMode="tel"
            autocomplete="tel"
            value={sms.typed}
            onInput={(event) => change(sms.country, event.currentTarget.value)}
          />
        )}
      </Field>
    </section>
  )
}
