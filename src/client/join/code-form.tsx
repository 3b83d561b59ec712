import { useSignal } from '@preact/signals'
import { Code } from '../../protocol/fields.ts'
import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import { t } from '../text/join-text.ts'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { accept, askForCode, type Trouble } from './answering.ts'
import { draft, forgetAsked } from './draft.ts'
import { offers } from './host.ts'
import { became, show } from './stage.ts'
import type { Standing } from './standing.ts'
import { Said } from './trouble.tsx'
import { sayableOf, toConfirm, wantedOf } from './wanted.ts'

const MINUTE_MS = 60_000

/** The code that the mail carries: following a link confirms nothing, so that no scanner does. */
export const CodeForm = ({ standing }: { standing: Standing }) => {
  const typed = useSignal('')
  const busy = useSignal(false)
  const checked = useSignal(false)
  const again = useSignal(false)
  const trouble = useSignal<Trouble | null>(null)
  const wanted = wantedOf(draft.value, offers())
  const pending = toConfirm(standing, wanted)
  const [address] = pending
  const code = typed.value.replace(/\D/g, '')
  const isCode = Code.safeParse(code).success
  const isText = address !== undefined && address === wanted.sms

  const ask = async (of: Standing, to: string): Promise<void> => {
    const reply = await askForCode(of, to, wanted.language)
    if (reply.result === 'asked') again.value = true
    else trouble.value = reply
  }

  const send = async (): Promise<void> => {
    if (address === undefined) return
    busy.value = true
    trouble.value = null
    again.value = false
    const reply = await accept(standing, sayableOf(standing, wanted, pending), { address, code })
    if (reply.result !== 'accepted') trouble.value = reply
    else {
      const [next] = toConfirm(reply.standing, wanted)
      typed.value = ''
      checked.value = false
      if (next === undefined) {
        forgetAsked()
        return became(reply.standing)
      }
      // One code after the other: what is confirmed counts, also if the next one never comes.
      became(reply.standing)
      show('code')
      await ask(reply.standing, next)
    }
    busy.value = false
  }

  const sendAnother = async (): Promise<void> => {
    if (address === undefined) return
    busy.value = true
    trouble.value = null
    again.value = false
    await ask(standing, address)
    busy.value = false
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
      <Heading key={address}>{t(isText ? 'code.title.text' : 'code.title')}</Heading>
      <p>
        {t(isText ? 'code.sent.text' : 'code.sent')} <b>{address}</b>
      </p>
      <p class="soft small">
        {t(isText ? 'code.patience.text' : 'code.patience', { minutes: CODE_LIFE_MS / MINUTE_MS })}
      </p>
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
