import { planSection } from '../../content/family-plan.ts'
import type { PlanEntry } from '../../protocol/plan.ts'
import { p } from '../text/plan-text.ts'
import { filledFields, inWords, kindOf, labelOf } from './words.ts'

/** A ticked field says so in a word; what it is called stands before it. */
export const textOf = (section: string, field: string, text: string): string =>
  kindOf(section, field) === 'check' ? p('yes') : text

/** What one page is called, where there are several. */
export const pageName = (section: string, at: number): string | null => {
  const each = planSection(section)?.each ?? null
  return each === null ? null : p('page', { name: inWords(each), number: at + 1 })
}

/** A section as it reads. */
export const EntriesView = ({ section, entries }: { section: string; entries: readonly PlanEntry[] }) => (
  <>
    {entries.map((entry, at) => {
      const name = pageName(section, at)
      return (
        <div class="plan-page" key={at}>
          {name !== null && <h3>{name}</h3>}
          <dl>
            {filledFields(section, entry).map(({ id, text }) => (
              <div key={id}>
                <dt>{labelOf(section, id)}</dt>
                <dd>{textOf(section, id, text)}</dd>
              </div>
            ))}
          </dl>
        </div>
      )
    })}
  </>
)
