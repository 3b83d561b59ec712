import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { CONTACTS_MAX } from '../../protocol/limits.ts'
import type { AlertSummary } from '../../protocol/vault.ts'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { NextIcon } from '../ui/icons.tsx'
import { VaultPage } from '../ui/vault-page.tsx'
import { fetchAlerts, type Opened } from '../vault/session.ts'
import { type Heard, placeOf } from '../vault/standing.ts'
import { ClearInvitation } from './clear-invitation.tsx'
import { LeadChoice } from './lead-choice.tsx'
import { PastAlerts } from './past-alerts.tsx'
import { isSettled, standingText } from './standing-text.ts'
import { useHeard } from './use-heard.ts'

/** What the last alert did for this contact. */
const progressOf = (contact: DocumentContact, alert: AlertSummary | undefined): string | null => {
  const progress = alert?.contacts.find((one) => one.contact === contact.id)
  if (progress === undefined) return null
  if (progress.openedAt !== null) return s('people.opened', { when: dayAndTimeOf(progress.openedAt) })
  switch (progress.reason) {
    case 'stopped':
      return s('people.stopped')
    case 'no-address':
      return s('people.no-address')
    case 'cap':
      return s('people.cap')
    case 'bounced':
      return s('people.bounced')
    case 'suppressed':
      return s('people.suppressed')
    case 'delayed':
      return s('people.delayed')
    case 'complained':
      return s('people.complained')
    default:
      return s(`people.${progress.state}`)
  }
}

type RowProps = { contact: DocumentContact; heard: Heard; alert: AlertSummary | undefined }

const Row = ({ contact, heard, alert }: RowProps) => {
  const place = placeOf(contact, heard)
  const progress = progressOf(contact, alert)
  return (
    <li class="stack">
      <a class="btn" href={`#/person/${contact.id}`}>
        {!isSettled(contact, heard) && <span class="dot warn" />}
        <span>
          <bdi>{contact.name}</bdi>
          <small>{standingText(contact, heard)}</small>
          {contact.email === null && place !== 'left' && <small>{s('standing.no-address')}</small>}
          {progress !== null && <small>{progress}</small>}
        </span>
        <span class="next">
          <NextIcon />
        </span>
      </a>
      {place === 'not-invited' && (
        <a class="btn prime" href={`#/invite/${contact.id}`}>
          {s('people.invite', { name: contact.name })}
        </a>
      )}
      <ClearInvitation contact={contact} heard={heard} />
    </li>
  )
}

const List = ({ opened }: { opened: Opened }) => {
  const alerts = useSignal<AlertSummary[]>([])
  const heard = useHeard()
  useEffect(() => {
    void fetchAlerts(opened.root).then((outcome) => {
      if (outcome.ok) alerts.value = outcome.value
    })
  }, [])
  const { contacts, lead } = opened.document
  return (
    <>
      <ul class="list">
        {contacts.map((contact) => (
          <Row key={contact.id} contact={contact} heard={heard} alert={alerts.value[0]} />
        ))}
      </ul>
      {contacts.length < CONTACTS_MAX ? (
        <a class="btn" href="#/person/new">
          {s('people.add')}
        </a>
      ) : (
        <p class="soft">{s('people.full', { max: CONTACTS_MAX })}</p>
      )}
      {(contacts.length > 1 || lead !== null) && <LeadChoice opened={opened} />}
      <PastAlerts opened={opened} alerts={alerts.value} />
    </>
  )
}

export const People = () => (
  <VaultPage title={s('people.title')} back="more">
    {(opened) => <List opened={opened} />}
  </VaultPage>
)
