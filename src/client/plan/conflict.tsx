import type { Plan } from '../../protocol/plan.ts'
import type { SectionDraft } from '../device/draft.ts'
import { p } from '../text/plan-text.ts'
import { EntriesView } from './entries-view.tsx'
import { storedSection, tidied } from './merge.ts'

type Props = { plan: Plan; draft: SectionDraft; onChoose: (stands: 'mine' | 'theirs') => void }

/** Two phones have changed the same lines: no word is lost before a person has said whose stand. */
export const Conflict = ({ plan, draft, onChoose }: Props) => {
  const sides = [
    ['mine', tidied(draft.entries)],
    ['theirs', storedSection(plan, draft.id)?.entries ?? []],
  ] as const
  return (
    <>
      <p class="wrong" role="alert">
        <b>{p('conflict.title')}</b>
        <br />
        {p('conflict.body')}
      </p>
      {sides.map(([side, entries]) => (
        <section class="card stack" key={side}>
          <h2>{p(`conflict.${side}`)}</h2>
          {entries.length === 0 ? (
            <p class="soft">{p('conflict.nothing')}</p>
          ) : (
            <EntriesView section={draft.id} entries={entries} />
          )}
          <button type="button" class="btn" onClick={() => onChoose(side)}>
            {p(`conflict.${side}.take`)}
          </button>
        </section>
      ))}
    </>
  )
}
