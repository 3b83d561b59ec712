import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { PLAN_SECTIONS } from '../../content/family-plan.ts'
import type { PlanSection } from '../../content/family-plan-schema.ts'
import { p } from '../text/plan-text.ts'
import { PlaceLink } from '../ui/place-link.tsx'
import { Working } from '../ui/working.tsx'
import { fullness, sharedWith } from '../vault/plan-rules.ts'
import { useSaving } from '../vault/use-saving.tsx'
import { filledIn, shownEntries } from './drafts.ts'
import { unkept } from './kept-drafts.ts'
import { isInConflict, withDrafts } from './merge.ts'
import { storePlan } from './storing.ts'
import { PlanPage, type PlanPlace } from './use-plan.tsx'
import { inWords, listed, namesOf } from './words.ts'

/** From here on it is said how full a plan is, 0 to 1. */
export const NEARLY_FULL = 0.75

const filledText = (section: PlanSection, filled: number): string =>
  section.repeats
    ? p('index.pages', { count: filled })
    : p('index.fields', { filled, all: section.fields.length })

const Row = ({ place, section }: { place: PlanPlace; section: PlanSection }) => {
  const { plan, drafts, opened } = place
  const draft = drafts.find(({ id }) => id === section.id)
  const isConflict = draft !== undefined && isInConflict(plan, draft)
  const filled = filledIn(shownEntries(plan, drafts, section.id), section.repeats)
  const readers = namesOf(opened.document, sharedWith(plan, section.id))
  return (
    <li>
      <PlaceLink to={`plan/${section.id}`} mark={draft !== undefined}>
        {inWords(section.title)}
        <small>{filledText(section, filled)}</small>
        <small>
          {readers.length === 0 ? p('index.nobody') : p('index.readers', { names: listed(readers) })}
        </small>
        {draft !== undefined && <small>{p(isConflict ? 'index.conflict' : 'index.kept')}</small>}
      </PlaceLink>
    </li>
  )
}

/** Where what was typed is: at the service, or on this phone alone. Nothing is called stored before the service has said so. */
const Standing = ({ place }: { place: PlanPlace }) => {
  const { plan, drafts, opened, look } = place
  const saving = useSaving()
  const isFull = useSignal(false)
  const ready = drafts.filter((draft) => !isInConflict(plan, draft))
  const store = async (): Promise<void> => {
    isFull.value = false
    const outcome = await saving.run((onProgress) => storePlan((now) => now, onProgress))
    if (outcome?.ok) isFull.value = outcome.value === 'full'
    await look()
  }
  useEffect(() => {
    if (ready.length > 0) void store()
    const online = () => void store()
    globalThis.addEventListener('online', online)
    return () => globalThis.removeEventListener('online', online)
  }, [])
  const how = fullness(withDrafts(plan, drafts, 0))
  if (saving.done !== null) return <Working label={p('state.storing')} done={saving.done} />
  return (
    <>
      {drafts.length > 0 && (
        <p class="light amber" role="status">
          <span class="dot" />
          <span>{unkept.value ? p('state.unsafe') : p('state.kept', { count: drafts.length })}</span>
        </p>
      )}
      {drafts.length === 0 && opened.fresh && plan.sections.length > 0 && (
        <p class="light" role="status">
          <span class="dot" />
          <span>{p('state.stored')}</span>
        </p>
      )}
      {saving.trouble !== null && (
        <p class="wrong" role="alert">
          {saving.trouble}
        </p>
      )}
      {isFull.value && (
        <p class="wrong" role="alert">
          {p('full')}
        </p>
      )}
      {ready.length > 0 && (
        <button type="button" class="btn prime" onClick={store}>
          {p('state.store')}
        </button>
      )}
      {how > NEARLY_FULL && <p class="small">{p('full.near', { percent: Math.round(how * 100) })}</p>}
    </>
  )
}

const PLACES = ['shown', 'care', 'print'] as const

/** All sections, how far each is, who sees it, and where it is stored. */
export const PlanIndex = () => (
  <PlanPage title={p('title')} back="more">
    {(place) => (
      <>
        <p>{p('body')}</p>
        <p class="soft small">{p('careful')}</p>
        <Standing place={place} />
        <h2>{p('index.sections')}</h2>
        <ul class="list">
          {PLAN_SECTIONS.map((section) => (
            <Row key={section.id} place={place} section={section} />
          ))}
        </ul>
        {PLACES.map((to) => (
          <a class="btn" key={to} href={`#/plan/${to}`}>
            {p(`index.${to}`)}
          </a>
        ))}
      </>
    )}
  </PlanPage>
)
