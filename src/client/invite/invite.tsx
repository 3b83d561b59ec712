import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { press } from '../device/records.ts'
import { s } from '../text/setup-text.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import type { Opened } from '../vault/session.ts'
import { markHandedOver } from '../vault/standings.ts'
import { HandOver } from './hand-over.tsx'
import { type InvitationText, invitationText } from './invitation-text.ts'
import { Qr } from './qr.tsx'

/** What is printed instead of the page: one sheet with the words, the link and the code. */
const Sheet = ({ contact, invitation }: { contact: DocumentContact; invitation: InvitationText }) => (
  <section class="sheet" lang={contact.language}>
    <p>{invitation.text}</p>
    <Qr text={invitation.link} label={s('invite.qr.label', { name: contact.name })} />
  </section>
)

const Invitation = ({ opened, contact }: { opened: Opened; contact: DocumentContact }) => {
  const invitation = useSignal<InvitationText | null>(null)
  const trouble = useSignal(false)
  const showsQr = useSignal(false)
  const { name } = contact
  useEffect(() => {
    invitationText(location.origin, opened.root, opened.document.name, contact).then(
      (text) => {
        invitation.value = text
      },
      () => {
        trouble.value = true
      },
    )
  }, [contact.secret, contact.language, opened.document.name])
  const onHanded = (): void => void markHandedOver(contact.id).catch(() => undefined)
  const onQr = (): void => {
    showsQr.value = !showsQr.value
    if (showsQr.value) onHanded()
  }
  if (trouble.value) return <p class="wrong">{s('invite.no-words')}</p>
  if (invitation.value === null) return <p class="soft">{s('opening')}</p>
  return (
    <>
      <p class="soft">{s('invite.body', { name })}</p>
      {showsQr.value ? (
        <div class="stack">
          <Qr text={invitation.value.link} label={s('invite.qr.label', { name })} />
          <p class="small">{s('invite.qr.how', { name })}</p>
        </div>
      ) : (
        <p class="card message" lang={contact.language}>
          {invitation.value.text}
        </p>
      )}
      <p class="light amber">
        <span class="dot" />
        <span>{s('invite.only', { name })}</span>
      </p>
      <div class="push stack">
        <HandOver invitation={invitation.value} showsQr={showsQr.value} onQr={onQr} onHanded={onHanded} />
        {!showsQr.value && <p class="soft small">{s('invite.home')}</p>}
        {press.value?.practised === false ? (
          <a class="btn" href="#/practice">
            {s('invite.practice')}
          </a>
        ) : (
          <a class="btn" href={`#/person/${contact.id}`}>
            {s('invite.person', { name })}
          </a>
        )}
      </div>
      <Sheet contact={contact} invitation={invitation.value} />
    </>
  )
}

/** One contact's invitation, and the ways to hand it over. */
export const Invite = ({ id }: { id: string }) => (
  <VaultPage title={s('invite.title')} back="people">
    {(opened) => {
      const contact = opened.document.contacts.find((one) => one.id === id)
      return contact === undefined ? (
        <p>{s('person.gone')}</p>
      ) : (
        <Invitation opened={opened} contact={contact} />
      )
    }}
  </VaultPage>
)
