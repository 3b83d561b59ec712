import type { PresserKind } from '../../protocol/vault-document.ts'
import type { MoveNote } from '../device/move-note.ts'
import { o } from '../text/start-over-text.ts'
import { TickIcon } from '../ui/icons.tsx'
import type { Opened, Outcome } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { mayBegin, newWords } from './begin.ts'
import { listOf } from './list-of.ts'

const STAYING = [
  ['card', 'stays.cards'],
  ['person', 'stays.persons'],
  ['phone', 'stays.phones'],
] as const

/** What would happen, before anything does: with the names of what would stop working. */
export const Explained = ({ opened, onWords }: { opened: Opened; onWords: (note: MoveNote) => void }) => {
  const saving = useSaving()
  const { pressers } = opened.document
  const of = (kind: PresserKind): string[] =>
    pressers.filter((one) => one.kind === kind && one.id !== opened.presser).map(({ label }) => label)
  const show = async (): Promise<void> => {
    const made = await saving.run(async (): Promise<Outcome<MoveNote>> => {
      const may = await mayBegin()
      return may.ok ? { ok: true, value: await newWords(may.value) } : may
    })
    if (made?.ok) onWords(made.value)
  }
  return (
    <>
      <p>{o('lead')}</p>
      <p class="light">
        <span class="tick on">
          <TickIcon />
        </span>
        <span>{o('safe')}</span>
      </p>
      <h2>{o('moves.title')}</h2>
      <p>{o('moves')}</p>
      <h2>{o('stays.title')}</h2>
      <ul class="plain">
        <li>{o('stays.words')}</li>
        <li>{o('stays.invitations')}</li>
        {STAYING.map(([kind, id]) => {
          const labels = of(kind)
          return (
            labels.length > 0 && <li key={kind}>{o(id, { count: labels.length, labels: listOf(labels) })}</li>
          )
        })}
        {of('check-in').length > 0 && <li>{o('stays.check-ins')}</li>}
      </ul>
      <p class="light amber">
        <span class="dot" />
        <span>{o('read')}</span>
      </p>
      <div class="push stack">
        <SavingNews saving={saving} />
        <button type="button" class="btn prime" disabled={saving.isBusy} onClick={() => void show()}>
          {o('show')}
        </button>
        <a class="btn" href="#/more">
          {o('cancel')}
        </a>
      </div>
    </>
  )
}
