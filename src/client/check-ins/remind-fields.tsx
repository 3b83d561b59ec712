import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Code, EmailAddress } from '../../protocol/fields.ts'
import type { HostAnswer } from '../../protocol/host.ts'
import { press } from '../device/records.ts'
import { abilityOf, subscribe } from '../join/push.ts'
import { c } from '../text/check-ins-text.ts'
import { language } from '../text/language.ts'
import { Field } from '../ui/field.tsx'
import { go } from '../ui/route.ts'
import { askHost } from '../vault/ask-host.ts'
import type { ArmDraft } from './draft.ts'
import { askForReminderCode } from './service.ts'

const BEFORE = [5, 15, 30, 60] as const

type Props = {
  checkIn: string
  draft: ArmDraft
  keyOf: () => Promise<string | 'locked' | null>
  onChange: (patch: Partial<ArmDraft>) => void
}

const PushReminder = ({
  draft,
  hostKey,
  onChange,
}: Pick<Props, 'draft' | 'onChange'> & { hostKey: string }) => {
  const wrong = useSignal(false)
  const turn = async (on: boolean): Promise<void> => {
    wrong.value = false
    if (!on) return onChange({ push: null })
    const reply = await subscribe(hostKey)
    if (reply.result === 'on') onChange({ push: reply.push })
    else wrong.value = true
  }
  return (
    <>
      <label class="choice">
        <input
          type="checkbox"
          checked={draft.push !== null}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
        <span>
          <b>{c('remind.push')}</b>
          <br />
          <small>{c('remind.push.more')}</small>
        </span>
      </label>
      <div aria-live="polite">{wrong.value && <p class="wrong">{c('remind.push.wrong')}</p>}</div>
    </>
  )
}

type CodeStep = 'open' | 'sending' | 'sent' | 'wrong' | 'line' | 'slow'

/** The address first, then the code that was mailed there. */
const MailReminder = ({ checkIn, keyOf, onChange }: Omit<Props, 'draft'>) => {
  const address = useSignal('')
  const code = useSignal('')
  const step = useSignal<CodeStep>('open')
  const typed = address.value.trim()

  const take = (): void => {
    const isWhole = EmailAddress.safeParse(typed).success && Code.safeParse(code.value).success
    onChange({ mail: isWhole ? { address: typed, code: code.value } : null })
  }
  const send = async (): Promise<void> => {
    if (!EmailAddress.safeParse(typed).success) {
      step.value = 'wrong'
      return
    }
    step.value = 'sending'
    const key = await keyOf().catch(() => null)
    if (key === 'locked') return go('check-ins/open')
    const vault = press.value?.vault
    if (key === null || vault === undefined) {
      step.value = 'line'
      return
    }
    const reply = await askForReminderCode({ vault, key, checkIn, address: typed, language: language.value })
    if (reply.kind === 'answer') step.value = 'sent'
    else step.value = reply.kind === 'refusal' && reply.refusal.error === 'slow-down' ? 'slow' : 'line'
  }
  return (
    <>
      <Field
        id="remind-mail"
        label={c('mail')}
        help={c('mail.help')}
        wrong={step.value === 'wrong' ? c('mail.wrong') : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            type="email"
            inputMode="email"
            autocomplete="off"
            value={address.value}
            onInput={(event) => {
              address.value = event.currentTarget.value
              take()
            }}
          />
        )}
      </Field>
      <button type="button" class="btn" disabled={step.value === 'sending'} onClick={() => void send()}>
        {c('mail.code')}
      </button>
      <div aria-live="polite">
        {(step.value === 'line' || step.value === 'slow') && <p class="wrong">{c(`mail.${step.value}`)}</p>}
        {step.value === 'sent' && <p class="soft small">{c('mail.sent')}</p>}
      </div>
      {step.value === 'sent' && (
        <Field id="remind-code" label={c('mail.code.label')}>
          {(attributes) => (
            <input
              {...attributes}
              inputMode="numeric"
              autocomplete="one-time-code"
              value={code.value}
              onInput={(event) => {
                code.value = event.currentTarget.value.replace(/\D/g, '')
                take()
              }}
            />
          )}
        </Field>
      )}
    </>
  )
}

/** A reminder to the owner herself, if she wants one: on this phone, by mail, or both. */
export const RemindFields = ({ checkIn, draft, keyOf, onChange }: Props) => {
  const host = useSignal<HostAnswer | null>(null)
  const byMail = useSignal(false)
  useEffect(() => {
    void askHost().then((answer) => {
      host.value = answer
    })
  }, [])
  const hostKey = host.value?.push ?? null
  return (
    <fieldset class="choices">
      <legend>{c('remind')}</legend>
      {hostKey !== null && (abilityOf() === 'can' || draft.push !== null) && (
        <PushReminder draft={draft} hostKey={hostKey} onChange={onChange} />
      )}
      <label class="choice">
        <input
          type="checkbox"
          checked={byMail.value}
          onChange={(event) => {
            byMail.value = event.currentTarget.checked
            if (!byMail.value) onChange({ mail: null })
          }}
        />
        <span>
          <b>{c('remind.mail')}</b>
          <br />
          <small>{c('remind.mail.more')}</small>
        </span>
      </label>
      {byMail.value && <MailReminder checkIn={checkIn} keyOf={keyOf} onChange={onChange} />}
      {(draft.push !== null || byMail.value) && (
        <Field id="before" label={c('remind.before')}>
          {(attributes) => (
            <select
              {...attributes}
              value={String(draft.remindMinutes)}
              onChange={(event) => onChange({ remindMinutes: Number(event.currentTarget.value) })}
            >
              {BEFORE.map((minutes) => (
                <option key={minutes} value={String(minutes)}>
                  {minutes < 60 ? c('minutes', { minutes }) : c('hours', { hours: minutes / 60 })}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </fieldset>
  )
}
