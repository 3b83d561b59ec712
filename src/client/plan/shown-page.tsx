import { p } from '../text/plan-text.ts'
import { PlaceLink } from '../ui/place-link.tsx'
import { shareFor } from '../vault/plan-rules.ts'
import { EntriesView } from './entries-view.tsx'
import { LinkWarning } from './link-warning.tsx'
import { PlanPage, type PlanPlace } from './use-plan.tsx'
import { listed, titleOf } from './words.ts'

const All = ({ plan, opened }: PlanPlace) => (
  <ul class="list">
    {opened.document.contacts.map(({ id, name }) => {
      const sections = shareFor(plan, id)?.sections ?? []
      return (
        <li key={id}>
          <PlaceLink to={`plan/shown/${id}`}>
            <bdi>{name}</bdi>
            <small>
              {sections.length === 0
                ? p('shown.nothing')
                : listed(sections.map(({ id: section }) => titleOf(section)))}
            </small>
          </PlaceLink>
        </li>
      )
    })}
  </ul>
)

const One = ({ place: { plan, opened }, contact }: { place: PlanPlace; contact: string }) => {
  const sections = shareFor(plan, contact)?.sections ?? []
  const person = opened.document.contacts.find(({ id }) => id === contact)
  if (sections.length === 0) return <p>{p('shown.nothing')}</p>
  return (
    <>
      {person?.letter.lock.kind === 'link' && <LinkWarning contact={person} />}
      {sections.map(({ id, entries }) => (
        <section class="card stack" key={id}>
          <h2>{titleOf(id)}</h2>
          <EntriesView section={id} entries={entries} />
        </section>
      ))}
    </>
  )
}

/** What each contact is shown, as it is stored and comes with the letter. */
export const ShownPage = ({ contact }: { contact: string | null }) => (
  <PlanPage title={p('shown.title')} back={contact === null ? 'plan' : 'plan/shown'}>
    {(place) => {
      const name = place.opened.document.contacts.find(({ id }) => id === contact)?.name
      return (
        <>
          {name === undefined ? <p>{p('shown.body')}</p> : <h2>{p('shown.one', { name })}</h2>}
          {place.drafts.length > 0 && <p class="light amber">{p('shown.unstored')}</p>}
          {contact === null ? <All {...place} /> : <One place={place} contact={contact} />}
          <p class="soft small">{p('shown.pick')}</p>
        </>
      )
    }}
  </PlanPage>
)
