import { CONTACTS_MAX } from '../../protocol/limits.ts'
import type { AlertSummary } from '../../protocol/vault.ts'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { PlaceLink } from '../ui/place-link.tsx'
import { VaultPage } from '../ui/vault-page.tsx'
import { channelsOf } from '../vault/document.ts'
import type { Opened } from '../vault/session.ts'
import { type Heard, placeOf } from '../vault/standing.ts'
import { AlertStory } from './alert-story.tsx'
import { ClearInvitation } from './clear-invitation.tsx'
import { LeadChoice } from './lead-choice.tsx'
import { PastAlerts } from './past-alerts.tsx'
import { isSettled, standingText } from './standing-text.ts'
import { useAlerts } from './use-alerts.ts'
import { useHeard } from './use-heard.ts'
import { waysOf } from './ways.ts'

/** What the last alert did for this contact. */
const progressOf = (contact: DocumentContact, alert: AlertSummary | undefined): string | null => {
  const progress = alert?.contacts.find((one) => one.contact === contact.id)
  if (progress === undefined) return null
  if (progress.onIt !== null) return s('people.on-it', { when: dayAndTimeOf(progress.onIt.at) })
  if (progress.openedAt !== null) return s('people.opened', { when: dayAndTimeOf(progress.openedAt) })
  switch (progress.reason) {
    case 'stopped':
      return s('people.stopped')
    case 'no-address':
      return s('people.no-address')
    case 'cap':
      return s('people.cap')
    case 'not-accepted':
      return s('people.not-accepted')
    case 'gone':
      return s('people.gone')
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
  // Where all of them are dead, that line says so already.
  const ways = waysOf(contact, alert === undefined ? [] : [alert])
  const dead = ways.filter(({ isDead }) => isDead && ways.some((one) => !one.isDead))
  return (
    <li class="stack">
      <PlaceLink to={`person/${contact.id}`} mark={!isSettled(contact, heard)}>
        <bdi>{contact.name}</bdi>
        <small>{standingText(contact, heard)}</small>
        {channelsOf(contact).length === 0 && place !== 'left' && <small>{s('standing.no-address')}</small>}
        {progress !== null && <small>{progress}</small>}
        {dead.map(({ kind }) => (
          <small key={kind}>{s(`ways.${kind}.dead`, { name: contact.name })}</small>
        ))}
      </PlaceLink>
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
  const { alerts, stale } = useAlerts(opened.root)
  const heard = useHeard()
  const { contacts, lead } = opened.document
  const [newest] = alerts
  return (
    <>
      {newest?.lettersOut && <AlertStory opened={opened} alert={newest} stale={stale} />}
      <ul class="list">
        {contacts.map((contact) => (
          <Row key={contact.id} contact={contact} heard={heard} alert={newest} />
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
      <a class="btn" href="#/plan/shown">
        {s('people.plan')}
      </a>
      <a class="btn" href="#/pressers">
        {s('people.pressers')}
      </a>
      <PastAlerts opened={opened} alerts={alerts} />
    </>
  )
}

export const People = () => (
  <VaultPage title={s('people.title')} back="more">
    {(opened) => <List opened={opened} />}
  </VaultPage>
)
