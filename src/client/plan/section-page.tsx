import { useSignal } from '@preact/signals'
import { planSection } from '../../content/family-plan.ts'
import type { PlanSection } from '../../content/family-plan-schema.ts'
import { PLAN_ENTRIES_MAX, type PlanEntry } from '../../protocol/plan.ts'
import type { SectionDraft } from '../device/draft.ts'
import { p } from '../text/plan-text.ts'
import { fullness, sharedWith } from '../vault/plan-rules.ts'
import { Conflict } from './conflict.tsx'
import { goneOn, seenFrom, shownEntries, stillToStore, withDraft } from './drafts.ts'
import { pageName } from './entries-view.tsx'
import { keepDrafts } from './kept-drafts.ts'
import { isInConflict, settled, storedSection, tidied, withDrafts } from './merge.ts'
import { PlanField } from './plan-field.tsx'
import { NEARLY_FULL } from './plan-index.tsx'
import { RemovePage } from './remove-page.tsx'
import { brought } from './storing.ts'
import { PlanPage, type PlanPlace } from './use-plan.tsx'
import { inWords, listed, namesOf } from './words.ts'

type PagesProps = {
  section: PlanSection
  pages: readonly PlanEntry[]
  onPages: (pages: PlanEntry[]) => void
}

const Pages = ({ section, pages, onPages }: PagesProps) => {
  const type = (at: number, field: string, text: string) =>
    onPages(pages.map((page, index) => (index === at ? { ...page, [field]: text } : page)))
  return (
    <>
      {pages.map((page, at) => {
        const name = pageName(section.id, at)
        return (
          <section class="stack plan-page" key={at}>
            {name !== null && <h2>{name}</h2>}
            {section.fields.map((field) => (
              <PlanField
                key={field.id}
                id={`${field.id}-${at}`}
                field={field}
                text={page[field.id] ?? ''}
                onText={(text) => type(at, field.id, text)}
              />
            ))}
            {section.repeats && pages.length > 1 && (
              <RemovePage
                isEmpty={tidied([page]).length === 0}
                onRemove={() => onPages(pages.filter((_, index) => index !== at))}
              />
            )}
          </section>
        )
      })}
      {section.repeats &&
        (pages.length < PLAN_ENTRIES_MAX ? (
          <button type="button" class="btn" onClick={() => onPages([...pages, {}])}>
            {p('page.add')}
          </button>
        ) : (
          <p class="soft">{p('page.most', { max: PLAN_ENTRIES_MAX })}</p>
        ))}
    </>
  )
}

const Room = ({ full }: { full: number }) => {
  if (full > 1)
    return (
      <p class="wrong" role="alert">
        {p('full')}
      </p>
    )
  return full > NEARLY_FULL ? (
    <p class="soft small">{p('full.near', { percent: Math.round(full * 100) })}</p>
  ) : null
}

const Form = ({ place, section }: { place: PlanPlace; section: PlanSection }) => {
  const { plan, drafts, opened, look } = place
  // What is typed on this page, from the first key stroke on; until then what is kept or stored is shown.
  const typed = useSignal<SectionDraft | null>(null)
  const isUnsafe = useSignal(false)
  const kept = drafts.find(({ id }) => id === section.id)
  const begun = typed.value ?? kept ?? null
  const draft = begun && seenFrom(plan, begun, brought.value)
  const keep = (next: SectionDraft): void => {
    typed.value = next
    void keepDrafts(opened.root, stillToStore(plan, withDraft(drafts, next))).then((isKept) => {
      isUnsafe.value = !isKept
    })
  }
  const onPages = (pages: PlanEntry[]): void =>
    keep({
      id: section.id,
      entries: pages,
      before: begun === null ? storedSection(plan, section.id) : goneOn(begun, brought.value).before,
    })
  if (draft !== null && isInConflict(plan, draft))
    return (
      <Conflict
        plan={plan}
        draft={draft}
        onChoose={(stands) => {
          keep(settled(plan, draft, stands))
          void look()
        }}
      />
    )
  const entries = draft?.entries ?? shownEntries(plan, drafts, section.id)
  const left = draft === null ? [] : stillToStore(plan, [draft])
  const readers = namesOf(opened.document, sharedWith(plan, section.id))
  return (
    <>
      <p>{inWords(section.about)}</p>
      <Pages section={section} pages={entries.length === 0 ? [{}] : entries} onPages={onPages} />
      <div class="push stack">
        <Room full={fullness(withDrafts(plan, draft === null ? drafts : withDraft(drafts, draft), 0))} />
        {isUnsafe.value ? (
          <p class="wrong" role="alert">
            {p('state.unsafe')}
          </p>
        ) : (
          left.length > 0 && (
            <p class="soft small" role="status">
              {p('section.kept')}
            </p>
          )
        )}
        <a class="btn prime" href="#/plan">
          {p('section.done')}
        </a>
        <a class="btn" href={`#/plan/${section.id}/share`}>
          <span>
            {p('section.share')}
            <small>
              {readers.length === 0 ? p('index.nobody') : p('index.readers', { names: listed(readers) })}
            </small>
          </span>
        </a>
        {section.id === 'child-care-plan' && (
          <a class="btn" href="#/plan/care">
            {p('index.care')}
          </a>
        )}
      </div>
    </>
  )
}

/** One section, filled in at leisure: each key stroke is kept on the phone. */
export const SectionPage = ({ id }: { id: string }) => {
  const section = planSection(id)
  return (
    <PlanPage title={section === null ? p('title') : inWords(section.title)} back="plan">
      {(place) => (section === null ? null : <Form place={place} section={section} />)}
    </PlanPage>
  )
}
