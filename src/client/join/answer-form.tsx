import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { toText } from '../../protocol/bytes.ts'
import { EmailAddress, type Language } from '../../protocol/fields.ts'
import { t } from '../text/join-text.ts'
import { LANGUAGES } from '../text/language.ts'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { accept, askForCode, type Trouble } from './answering.ts'
import { type Draft, draft, rememberAsked } from './draft.ts'
import { host } from './host.ts'
import { became, show } from './stage.ts'
import { needsCode, type Standing } from './standing.ts'
import { Said } from './trouble.tsx'

const change = (values: Partial<Draft>): void => {
  draft.value = { ...draft.value, ...values }
}

/** Until the host has said what it sends with, mail is taken for granted; the service refuses what it cannot do. */
const canMail = (): boolean =>
  host.value === null || host.value.channels.some((kind) => kind === 'email' || kind === 'outbox')

const Languages = ({ onLanguage }: { onLanguage: (language: Language) => void }) => (
  <fieldset class="choices">
    <legend>{t('form.language')}</legend>
    {LANGUAGES.map(({ code, name }) => (
      <label class="choice" key={code}>
        <input
          type="radio"
          name="language"
          checked={draft.value.language === code}
          onChange={() => onLanguage(code)}
        />
        <span lang={code}>{name}</span>
      </label>
    ))}
  </fieldset>
)

const Channels = ({ name, isMailed }: { name: string; isMailed: boolean }) => (
  <fieldset class="choices">
    <legend>{t('form.channel', { name })}</legend>
    {canMail() && (
      <label class="choice">
        <input type="radio" name="channel" checked={isMailed} onChange={() => change({ channel: 'email' })} />
        <span>
          <b>{t('form.email')}</b>
          <br />
          <span class="small">{t('form.email.more', { name })}</span>
        </span>
      </label>
    )}
    <label class="choice">
      <input type="radio" name="channel" checked={!isMailed} onChange={() => change({ channel: 'none' })} />
      <span>
        <b>{t('form.none')}</b>
        <br />
        <span class="small">{t(draft.value.push === null ? 'form.none.more' : 'form.none.push')}</span>
      </span>
    </label>
  </fieldset>
)

/** What it takes to be pushed to is loaded only where the host can; it may fail, and then be tried again. */
const PushPart = () => {
  const part = useSignal<typeof import('./push-choice.tsx') | 'failed' | null>(null)
  const key = host.value?.push ?? null
  const load = (): void => {
    import('./push-choice.tsx').then(
      (loaded) => {
        part.value = loaded
      },
      () => {
        part.value = 'failed'
      },
    )
  }
  useEffect(() => {
    if (key !== null) load()
  }, [key])
  if (key === null || part.value === null) return null
  if (part.value === 'failed') {
    return (
      <button type="button" class="quiet" onClick={load}>
        {t('push.load')}
      </button>
    )
  }
  const { PushChoice } = part.value
  return <PushChoice hostKey={key} push={draft.value.push} onPush={(push) => change({ push })} />
}

/** In which language, and where to. */
export const AnswerForm = ({
  standing,
  onLanguage,
}: {
  standing: Standing
  onLanguage: (language: Language) => void
}) => {
  const busy = useSignal(false)
  const trouble = useSignal<Trouble | null>(null)
  const checked = useSignal(false)
  const { language, channel, push } = draft.value
  const isMailed = canMail() && channel === 'email'
  const email = draft.value.email.trim()
  const isAddress = EmailAddress.safeParse(email).success
  const withCode = needsCode(standing, { email: isMailed ? email : null })

  const remember = (): void =>
    rememberAsked({ contact: toText(standing.place.contact), language, email, push })

  const send = async (): Promise<void> => {
    busy.value = true
    trouble.value = null
    if (withCode) {
      const reply = await askForCode(standing, email, language)
      if (reply.result === 'asked') {
        remember()
        return show('code')
      }
      trouble.value = reply
    } else {
      const reply = await accept(
        standing,
        { language, email: isMailed ? email : null, sms: null, push },
        null,
      )
      if (reply.result === 'accepted') return became(reply.standing)
      trouble.value = reply
    }
    busy.value = false
  }

  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        checked.value = true
        if (!busy.value && (!isMailed || isAddress)) void send()
      }}
    >
      <Heading>{t('form.title')}</Heading>
      <Languages onLanguage={onLanguage} />
      <Channels name={standing.invitation.from} isMailed={isMailed} />
      {isMailed && (
        <Field
          id="address"
          label={t('form.address')}
          help={t('form.address.help')}
          wrong={checked.value && !isAddress ? t('form.address.wrong') : null}
        >
          {(attributes) => (
            <input
              {...attributes}
              type="email"
              inputMode="email"
              autocomplete="email"
              autocapitalize="none"
              spellcheck={false}
              value={draft.value.email}
              onInput={(event) => change({ email: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <PushPart />
      <Said trouble={trouble.value} />
      <button type="submit" class="btn prime" disabled={busy.value}>
        {withCode ? t('form.code') : t('form.accept')}
      </button>
      {withCode && isAddress && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            remember()
            show('code')
          }}
        >
          {t('form.have-code')}
        </button>
      )}
    </form>
  )
}
