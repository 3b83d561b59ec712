import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Language } from '../../protocol/fields.ts'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import { HandOver } from '../invite/hand-over.tsx'
import type { InvitationText } from '../invite/invitation-text.ts'
import { Qr } from '../invite/qr.tsx'
import { LANGUAGES } from '../text/language.ts'
import { pr } from '../text/pressers-text.ts'
import type { Opened } from '../vault/session.ts'
import { personLink, textToGive } from './give.ts'

/** The link of a trusted person: shown for as long as it presses, handed over by the owner and by nobody else. */
type Props = { opened: Opened; person: DocumentPresser }

export const GiveLink = ({ opened: { root, document }, person }: Props) => {
  const language = useSignal<Language>(document.language)
  const given = useSignal<InvitationText | null>(null)
  const failed = useSignal(false)
  const showsQr = useSignal(false)
  useEffect(() => {
    const link = personLink(location.origin, root, person)
    textToGive(language.value, document.name, link).then(
      (text) => {
        given.value = text
      },
      () => {
        failed.value = true
      },
    )
  }, [language.value, person.secret, document.name])
  if (failed.value) return <p class="wrong">{pr('give.no-words')}</p>
  const shown = given.value
  if (shown === null) return null
  const name = person.label
  const qr = <Qr text={shown.link} label={pr('give.qr.label', { name })} />
  return (
    <>
      <h2>{pr('give', { name })}</h2>
      <p>{pr('give.body', { name })}</p>
      {showsQr.value ? (
        <div class="stack">
          {qr}
          <p class="small">{pr('give.qr.how', { name })}</p>
        </div>
      ) : (
        <>
          <fieldset class="choices">
            <legend>{pr('give.language')}</legend>
            {LANGUAGES.map(({ code, name: own }) => (
              <label class="choice" key={code}>
                <input
                  type="radio"
                  name="language"
                  checked={language.value === code}
                  onChange={() => {
                    language.value = code
                  }}
                />
                <span lang={code}>{own}</span>
              </label>
            ))}
          </fieldset>
          <p class="card message" lang={language.value}>
            {shown.text}
          </p>
        </>
      )}
      <p class="light amber">
        <span class="dot" />
        <span>{pr('give.only', { name })}</span>
      </p>
      <HandOver
        invitation={shown}
        showsQr={showsQr.value}
        onQr={() => {
          showsQr.value = !showsQr.value
        }}
        onHanded={() => undefined}
      />
      <section class="sheet" lang={language.value}>
        <p>{shown.text}</p>
        {qr}
      </section>
    </>
  )
}
