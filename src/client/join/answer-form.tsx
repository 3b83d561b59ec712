import { useSignal } from '@preact/signals'
import { toText } from '../../protocol/bytes.ts'
import { EmailAddress, type Language } from '../../protocol/fields.ts'
import { t } from '../text/join-text.ts'
import { LANGUAGES } from '../text/language.ts'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { accept, askForCode, type Trouble } from './answering.ts'
import { type Draft, draft, rememberAsked } from './draft.ts'
import { offers } from './host.ts'
import { PushPart, SmsPart } from './parts.tsx'
import { became, show } from './stage.ts'
import type { Standing } from './standing.ts'
import { Said } from './trouble.tsx'
import { toConfirm, wantedOf } from './wanted.ts'

const change = (values: Partial<Draft>): void => {
  draft.value = { ...draft.value, ...values }
}

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

const Channels = ({ name, isMailed, isAlone }: { name: string; isMailed: boolean; isAlone: boolean }) => (
  <fieldset class="choices">
    <legend>{t('form.channel', { name })}</legend>
    {offers().mail && (
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
        <span class="small">{t(isAlone ? 'form.none.more' : 'form.none.other')}</span>
      </span>
    </label>
  </fieldset>
)

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
  const wanted = wantedOf(draft.value, offers())
  const { email } = wanted
  const isMailed = email !== null
  const isAddress = email === null || EmailAddress.safeParse(email).success
  const isNumber = !offers().texts || wanted.sms !== null || draft.value.sms.typed.trim() === ''
  const [toAsk] = toConfirm(standing, wanted)
  const withCode = toAsk !== undefined

  const remember = (): void => rememberAsked({ contact: toText(standing.place.contact), ...wanted })

  const send = async (): Promise<void> => {
    busy.value = true
    trouble.value = null
    if (toAsk !== undefined) {
      const reply = await askForCode(standing, toAsk, wanted.language)
      if (reply.result === 'asked') {
        remember()
        return show('code')
      }
      trouble.value = reply
    } else {
      const reply = await accept(standing, wanted, null)
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
        if (!busy.value && isAddress && isNumber) void send()
      }}
    >
      <Heading>{t('form.title')}</Heading>
      <Languages onLanguage={onLanguage} />
      <Channels
        name={standing.invitation.from}
        isMailed={isMailed}
        isAlone={draft.value.push === null && draft.value.sms.typed.trim() === ''}
      />
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
      <SmsPart checked={checked.value} />
      <PushPart />
      <Said trouble={trouble.value} />
      <button type="submit" class="btn prime" disabled={busy.value}>
        {withCode ? t('form.code') : t('form.accept')}
      </button>
      {withCode && isAddress && isNumber && (
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
