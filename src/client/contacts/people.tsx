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
import { PastAlerts } from './past-alerts.tsx'

/** What the last alert did for this contact. */
const progressOf = (contact: DocumentContact, alert: AlertSummary | undefined): string | null => {
  const progress = alert?.contacts.find((one) => one.contact === contact.id)
  if (progress === undefined) return null
  if (progress.openedAt !== null) return s('people.opened', { when: dayAndTimeOf(progress.openedAt) })
  if (progress.reason === 'stopped') return s('people.stopped')
  return s(`people.${progress.state}`)
}

const List = ({ opened }: { opened: Opened }) => {
  const alerts = useSignal<AlertSummary[]>([])
  useEffect(() => {
    void fetchAlerts(opened.root).then((outcome) => {
      if (outcome.ok) alerts.value = outcome.value
    })
  }, [])
  const { contacts } = opened.document
  return (
    <>
      <ul class="list">
        {contacts.map((contact) => (
          <li key={contact.id}>
            <a class="btn" href={`#/person/${contact.id}`}>
              <span>
                <bdi>{contact.name}</bdi>
                <small>
                  {progressOf(contact, alerts.value[0]) ??
                    s(contact.letter.lock.kind === 'word' ? 'people.by-word' : 'people.by-link')}
                </small>
              </span>
              <span class="next">
                <NextIcon />
              </span>
            </a>
          </li>
        ))}
      </ul>
      {contacts.length < CONTACTS_MAX ? (
        <a class="btn prime" href="#/person/new">
          {s('people.add')}
        </a>
      ) : (
        <p class="soft">{s('people.full', { max: CONTACTS_MAX })}</p>
      )}
      <PastAlerts opened={opened} alerts={alerts.value} />
    </>
  )
}

export const People = () => (
  <VaultPage title={s('people.title')} back="more">
    {(opened) => <List opened={opened} />}
  </VaultPage>
)
