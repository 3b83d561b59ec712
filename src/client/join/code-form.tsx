import { useSignal } from '@preact/signals'
import { Code } from '../../protocol/fields.ts'
import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import { t } from '../text/join-text.ts'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { accept, askForCode, type Trouble } from './answering.ts'
import { draft, forgetAsked } from './draft.ts'
import { became, show } from './stage.ts'
import type { Standing } from './standing.ts'
import { Said } from './trouble.tsx'

const MINUTE_MS = 60_000

/** The code that the mail carries: following a link confirms nothing, so that no scanner does. */
export const CodeForm = ({ standing }: { standing: Standing }) => {
  const typed = useSignal('')
  const busy = useSignal(false)
  const checked = useSignal(false)
  const again = useSignal(false)
  const trouble = useSignal<Trouble | null>(null)
  const { language, push } = draft.value
  const email = draft.value.email.trim()
  const code = typed.value.replace(/\D/g, '')
  const isCode = Code.safeParse(code).success

  const send = async (): Promise<void> => {
    busy.value = true
    trouble.value = null
    again.value = false
    const reply = await accept(standing, { language, email, sms: null, push }, code)
    busy.value = false
    if (reply.result !== 'accepted') {
      trouble.value = reply
      return
    }
    forgetAsked()
    became(reply.standing)
  }

  const sendAnother = async (): Promise<void> => {
    busy.value = true
    trouble.value = null
    again.value = false
    const reply = await askForCode(standing, email, language)
    busy.value = false
    if (reply.result === 'asked') again.value = true
    else trouble.value = reply
  }

  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        checked.value = true
        if (!busy.value && isCode) void send()
      }}
    >
      <Heading>{t('code.title')}</Heading>
      <p>
        {t('code.sent')} <b>{email}</b>
      </p>
      <p class="soft small">{t('code.patience', { minutes: CODE_LIFE_MS / MINUTE_MS })}</p>
      <Field id="code" label={t('code.label')} wrong={checked.value && !isCode ? t('code.short') : null}>
        {(attributes) => (
          <input
            {...attributes}
            inputMode="numeric"
            autocomplete="one-time-code"
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <Said trouble={trouble.value} />
      <div aria-live="polite">{again.value && <p class="light">{t('code.again.done')}</p>}</div>
      <button type="submit" class="btn prime" disabled={busy.value}>
        {t('form.accept')}
      </button>
      <button type="button" class="quiet" disabled={busy.value} onClick={() => void sendAnother()}>
        {t('code.again')}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          forgetAsked()
          show('form')
        }}
      >
        {t('code.other')}
      </button>
    </form>
  )
}
