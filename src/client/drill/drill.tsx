import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DrillSummary, ReadyAnswer } from '../../protocol/drill.ts'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { useHeard } from '../contacts/use-heard.ts'
import { dayAndTimeOf, dayOf } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { TickIcon, WarnIcon } from '../ui/icons.tsx'
import { VaultPage } from '../ui/vault-page.tsx'
import { Working } from '../ui/working.tsx'
import { askReady } from '../vault/ready.ts'
import type { Opened } from '../vault/session.ts'
import type { Heard } from '../vault/standing.ts'
import { startDrill } from '../vault/start-drill.ts'
import { useSaving } from '../vault/use-saving.tsx'
import { type DrillRow, lasted, rowsOf, unwrittenOf } from './drill-view.ts'

const LOOK_AGAIN_MS = 8_000

const saidOf = (row: DrillRow): string => {
  if (row.state === 'opened') {
    const { unit, count } = lasted(row.afterMs)
    return s('drill.row.opened', { time: s(`drill.${unit}`, { count }) })
  }
  if (row.state !== 'refused') return s(`drill.row.${row.state}`)
  switch (row.reason) {
    case 'not-accepted':
      return s('drill.row.not-accepted')
    case 'stopped':
      return s('drill.row.stopped')
    case 'no-address':
      return s('drill.row.no-address')
    case 'address':
      return s('drill.row.address')
    default:
      return s('drill.row.refused')
  }
}

const markOf = ({ state }: DrillRow): 'on' | 'no' | 'waiting' =>
  state === 'opened' ? 'on' : state === 'refused' ? 'no' : 'waiting'

const How = ({ drill, contacts }: { drill: DrillSummary; contacts: readonly DocumentContact[] }) => {
  const rows = rowsOf(contacts, drill)
  const waits = rows.some(({ state }) => state === 'sent' || state === 'delivered')
  return (
    <section class="stack">
      <h2>{s('drill.last', { when: dayAndTimeOf(drill.startedAt) })}</h2>
      <ul class="steps card" aria-live="polite">
        {rows.map((row, at) => (
          <li key={`${at} ${row.name}`}>
            <span class={`tick ${markOf(row)}`}>
              {row.state === 'opened' && <TickIcon />}
              {row.state === 'refused' && <WarnIcon />}
            </span>
            <span>
              <b>
                <bdi>{row.name}</bdi>
              </b>
              <br />
              {saidOf(row)}
            </span>
          </li>
        ))}
      </ul>
      {waits && <p class="soft small">{s('drill.waits', { until: dayOf(drill.endsAt) })}</p>}
    </section>
  )
}

const Who = ({ contacts, heard }: { contacts: readonly DocumentContact[]; heard: Heard }) => {
  const written = contacts.filter((contact) => unwrittenOf(contact, heard) === null)
  const others = contacts.filter((contact) => unwrittenOf(contact, heard) !== null)
  return (
    <>
      {written.length > 0 && (
        <p>
          {s('drill.to')} <b>{written.map(({ name }) => name).join(', ')}</b>
        </p>
      )}
      {others.map((contact) => (
        <p class="soft small" key={contact.id}>
          {s(`drill.not.${unwrittenOf(contact, heard) ?? 'not-accepted'}`, { name: contact.name })}
        </p>
      ))}
    </>
  )
}

const Drilling = ({ opened }: { opened: Opened }) => {
  const ready = useSignal<ReadyAnswer | null>(null)
  const asked = useSignal(false)
  const heard = useHeard()
  const saving = useSaving()
  const look = async (): Promise<void> => {
    const said = await askReady(opened.root, null)
    asked.value = true
    if (said !== null) ready.value = said
  }
  useEffect(() => {
    void look()
    const timer = setInterval(() => {
      if (globalThis.document.visibilityState === 'visible') void look()
    }, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
  const { contacts } = opened.document
  const [last] = ready.value?.drills ?? []
  const nextAt = ready.value?.nextDrillAt ?? null
  const someone = contacts.some((contact) => unwrittenOf(contact, heard) === null)
  const start = async (): Promise<void> => {
    await saving.run(startDrill)
    await look()
  }
  return (
    <>
      <p>{s('drill.body')}</p>
      {last !== undefined && <How drill={last} contacts={contacts} />}
      <ol class="card steps">
        {([1, 2, 3] as const).map((step) => (
          <li key={step}>
            <span class="num" aria-hidden="true">
              {step}
            </span>
            <span>{s(`drill.step.${step}`)}</span>
          </li>
        ))}
      </ol>
      <Who contacts={contacts} heard={heard} />
      {asked.value && ready.value === null && (
        <p class="wrong" role="alert">
          {s('trouble.no-line')}
        </p>
      )}
      {saving.trouble !== null && (
        <p class="wrong" role="alert">
          {saving.trouble}
        </p>
      )}
      {saving.done !== null && <Working label={s('drill.working')} done={saving.done} />}
      {!someone && <p class="light amber">{s('drill.nobody')}</p>}
      {nextAt !== null && <p class="soft">{s('drill.next', { when: dayAndTimeOf(nextAt) })}</p>}
      {ready.value !== null && nextAt === null && someone && (
        <button type="button" class="btn prime" disabled={saving.isBusy} onClick={start}>
          {s(last === undefined ? 'drill.start' : 'drill.again')}
        </button>
      )}
    </>
  )
}

/** "Practise with your people": real messages that say they are practice, and who opened them. */
export const Drill = () => (
  <VaultPage title={s('drill.title')} back="more">
    {(opened) => <Drilling opened={opened} />}
  </VaultPage>
)
