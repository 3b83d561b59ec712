import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AlertSummary } from '../../protocol/vault.ts'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { s } from '../text/setup-text.ts'
import { fetchAlerts, type Opened } from '../vault/session.ts'
import { waysOf } from './ways.ts'

/** By what an alert reaches this contact, and what to do where a way is dead. */
export const WaysOfPerson = ({ opened, contact }: { opened: Opened; contact: DocumentContact }) => {
  const alerts = useSignal<AlertSummary[]>([])
  useEffect(() => {
    void fetchAlerts(opened.root).then((outcome) => {
      if (outcome.ok) alerts.value = outcome.value
    })
  }, [])
  const ways = waysOf(contact, alerts.value)
  if (ways.length === 0) return null
  const { name } = contact
  return (
    <section class="stack">
      <p class="small">
        {s('ways.title', { name })} <b>{ways.map(({ kind }) => s(`ways.${kind}`)).join(' · ')}</b>
      </p>
      {ways.map(
        ({ kind, isDead }) =>
          isDead && (
            <p class="light amber" role="status" key={kind}>
              <span class="dot" />
              <span>{s(`ways.${kind}.dead`, { name })}</span>
            </p>
          ),
      )}
    </section>
  )
}
