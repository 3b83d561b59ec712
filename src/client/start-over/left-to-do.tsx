import { dropMove, type MoveNote } from '../device/move-note.ts'
import { s } from '../text/setup-text.ts'
import { o } from '../text/start-over-text.ts'
import { TickIcon } from '../ui/icons.tsx'
import { PlaceLink } from '../ui/place-link.tsx'
import { go } from '../ui/route.ts'
import type { Opened } from '../vault/session.ts'
import { listOf } from './list-of.ts'
import { withWord } from './moved-document.ts'

/** What only a person can do once the old keys are dead: hand over, look through, agree on other words, make again. */
export const LeftToDo = ({ note: { left }, opened }: { note: MoveNote; opened: Opened }) => {
  const { document } = opened
  const words = withWord(document)
  const again = [
    ...(document.wordsConfirmedAt === null ? (['words'] as const) : []),
    ...((left?.cards.length ?? 0) > 0 ? (['card'] as const) : []),
    ...(left?.checkIns ? (['check-ins'] as const) : []),
    ...(left?.told ? (['told'] as const) : []),
    'practice' as const,
  ]
  return (
    <>
      <p class="light">
        <span class="tick on">
          <TickIcon />
        </span>
        <span>
          <b>{o('done.title')}</b> {o('done.body')}
        </span>
      </p>
      <p>{o('done.paper')}</p>
      <h2>{o('done.people')}</h2>
      <p>{o('done.look')}</p>
      <ul class="list">
        {document.contacts.map((contact) => (
          <li key={contact.id} class="stack">
            <PlaceLink to={`person/${contact.id}`}>
              <bdi>{contact.name}</bdi>
              <small>{contact.email ?? o('done.no-address')}</small>
              {words.includes(contact) && <small>{o('done.word')}</small>}
            </PlaceLink>
            {contact.invitedAt === null && (
              <a class="btn prime" href={`#/invite/${contact.id}`}>
                {s('people.invite', { name: contact.name })}
              </a>
            )}
          </li>
        ))}
      </ul>
      {left !== null && left.departed.length > 0 && (
        <p>{o('done.departed', { labels: listOf(left.departed) })}</p>
      )}
      <h2>{o('done.again')}</h2>
      <ul class="plain">
        {left !== null && left.persons.length > 0 && (
          <li>{o('stays.persons', { count: left.persons.length, labels: listOf(left.persons) })}</li>
        )}
        {left !== null && left.phones.length > 0 && (
          <li>{o('stays.phones', { count: left.phones.length, labels: listOf(left.phones) })}</li>
        )}
        {again.map((place) => (
          <li key={place}>
            <a href={`#/${place}`}>{o(`done.${place}`)}</a>
          </li>
        ))}
      </ul>
      <div class="push stack">
        <button
          type="button"
          class="btn"
          onClick={async () => {
            await dropMove().catch(() => undefined)
            go('')
          }}
        >
          {o('done.button')}
        </button>
      </div>
    </>
  )
}
