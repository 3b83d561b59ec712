import { PRESSERS_MAX } from '../../protocol/limits.ts'
import type { ListedPress } from '../../protocol/presser.ts'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import { dayAndTimeOf, dayOf } from '../text/language.ts'
import { pr } from '../text/pressers-text.ts'
import { PlaceLink } from '../ui/place-link.tsx'
import type { Opened } from '../vault/session.ts'
import { usePresses } from './history.tsx'
import { delayText, inOrder, kindText, stateText } from './words.ts'

const Row = ({ id, label, lines }: { id: string; label: string; lines: readonly string[] }) => (
  <li>
    <PlaceLink to={`pressers/${id}`}>
      <bdi>{label}</bdi>
      {/* A phone is called as it was called when it was added: "This phone". */}
      {lines
        .filter((line) => line !== label)
        .map((line) => (
          <small key={line}>{line}</small>
        ))}
    </PlaceLink>
  </li>
)

const lastText = (last: ListedPress | undefined): string[] =>
  last === undefined ? [] : [pr('last', { when: dayAndTimeOf(last.pressedAt), state: stateText(last) })]

const waitText = (ms: number): string => (ms === 0 ? delayText(ms) : pr('waits', { time: delayText(ms) }))

const linesOf = (presser: DocumentPresser, isThis: boolean): string[] => [
  kindText(presser, isThis),
  presser.kind === 'check-in'
    ? pr('made', { date: dayOf(presser.addedAt) })
    : `${waitText(presser.delayMs)} · ${pr('made', { date: dayOf(presser.addedAt) })}`,
]

/** All that presses for the owner, and what no longer does but has pressed. */
export const List = ({ opened: { root, document, presser: own } }: { opened: Opened }) => {
  const { presses, failed } = usePresses(root)
  const lastOf = (id: string) => (presses ?? []).find(({ presser }) => presser === id)
  const former = document.former.filter(({ id }) => lastOf(id) !== undefined)
  return (
    <>
      <p>{pr('body')}</p>
      {failed && (
        <p class="soft small" role="status">
          {pr(presses === null ? 'history.failed' : 'history.stale')}
        </p>
      )}
      <ul class="list">
        {inOrder(document, own).map((one) => (
          <Row
            key={one.id}
            id={one.id}
            label={one.label}
            lines={[...linesOf(one, one.id === own), ...lastText(lastOf(one.id))]}
          />
        ))}
      </ul>
      {document.pressers.length < PRESSERS_MAX ? (
        <a class="btn prime" href="#/pressers/new">
          {pr('new')}
        </a>
      ) : (
        <p class="light amber">{pr('full')}</p>
      )}
      <a class="btn" href="#/card">
        {pr('new.card')}
      </a>
      <a class="btn" href="#/told">
        {pr('told')}
      </a>
      {former.length > 0 && (
        <section class="stack">
          <h2>{pr('former')}</h2>
          <ul class="list">
            {former.map((one) => (
              <Row
                key={one.id}
                id={one.id}
                label={one.label}
                lines={[kindText(one, false), ...lastText(lastOf(one.id))]}
              />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
