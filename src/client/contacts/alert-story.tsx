import { openNote } from '../../crypto/note.ts'
import { vaultIdOf } from '../../crypto/root.ts'
import { fromText } from '../../protocol/bytes.ts'
import { isPlainName } from '../../protocol/plain-name.ts'
import type { OnIt } from '../../protocol/standing.ts'
import type { AlertSummary } from '../../protocol/vault.ts'
import { Presses } from '../situations/place.ts'
import { s } from '../text/setup-text.ts'
import { whenOf } from '../text/when.ts'
import type { Opened } from '../vault/session.ts'

/** How the newest alert stands, contact by contact, with times. Names and notes are opened here; the service has neither. */
type Progress = AlertSummary['contacts'][number]

/** Does a message to this person wait for a provider that takes none? */
const isHeld = ({ channels }: Progress): boolean =>
  channels.some(
    ({ kind, state, reason }) =>
      kind !== 'push' && state === 'waiting' && (reason === 'quota' || reason === 'not-configured'),
  )

const factsOf = (one: Progress, heldUntil: number | null): string[] => {
  const { state, changedAt, sentAt, openedAt } = one
  const facts: string[] = []
  if (sentAt !== null) facts.push(s('story.sent', { when: whenOf(sentAt) }))
  else if (state === 'waiting') facts.push(s('story.waiting'))
  if (heldUntil !== null && isHeld(one)) facts.push(s('story.held', { when: whenOf(heldUntil) }))
  if (state === 'delivered') facts.push(s('story.delivered', { when: whenOf(changedAt) }))
  if (state === 'refused') facts.push(s(sentAt === null ? 'story.unsent' : 'story.lost'))
  if (openedAt !== null) facts.push(s('story.opened', { when: whenOf(openedAt) }))
  return facts
}

/** What the contact signed and wrote; the name is the contact's own. */
const Words = ({ opened, alert, onIt }: { opened: Opened; alert: AlertSummary; onIt: OnIt }) => {
  const { root, document } = opened
  const words = openNote(
    fromText(document.situation),
    vaultIdOf(root),
    alert.pressedAt,
    fromText(onIt.sealed),
  )
  if (words === null || !isPlainName(words.name)) return <small>{s('story.unread')}</small>
  return (
    <small>
      {words.note !== null && <bdi>“{words.note}” </bdi>}— <bdi>{words.name}</bdi>
    </small>
  )
}

const Person = ({ opened, alert, one }: { opened: Opened; alert: AlertSummary; one: Progress }) => {
  const name = opened.document.contacts.find(({ id }) => id === one.contact)?.name
  return (
    <li>
      <span class={`dot${one.onIt === null ? ' wait' : ''}`} />
      <span>
        <b>{name === undefined ? s('story.former') : <bdi>{name}</bdi>}</b>
        {one.onIt !== null && (
          <>
            <br />
            <b>{s('story.on-it', { when: whenOf(one.onIt.at) })}</b>
            <br />
            <Words opened={opened} alert={alert} onIt={one.onIt} />
          </>
        )}
        <br />
        <small>{factsOf(one, alert.heldUntil).join(' · ')}</small>
      </span>
    </li>
  )
}

const endText = ({ state }: AlertSummary): string => {
  if (state === 'cleared') return s('story.cleared')
  return s(state === 'expired' ? 'story.expired' : 'story.open')
}

const Moment = ({ text, at, done = true }: { text: string; at: number | null; done?: boolean }) => (
  <li>
    <span class={done ? 'dot' : 'dot wait'} />
    <span>{text}</span>
    <em>{at !== null && whenOf(at)}</em>
  </li>
)

/** First who is on it, then who is furthest. */
const rank = ({ onIt, openedAt }: Progress): number => (onIt !== null ? 0 : openedAt !== null ? 1 : 2)

type Props = { opened: Opened; alert: AlertSummary; stale: boolean }

export const AlertStory = ({ opened, alert, stale }: Props) => {
  const { pressedAt, receivedAt, closedAt, contacts } = alert
  const nobody = contacts.every(({ onIt }) => onIt === null)
  return (
    <section class="card stack" aria-label={s('story.title')}>
      <h2>{s('story.title')}</h2>
      {nobody && alert.state === 'open' && <p class="small">{s('story.nobody')}</p>}
      <ol class="steps">
        <Moment text={s('story.pressed')} at={pressedAt} />
        <Moment text={s('story.received')} at={receivedAt} />
        {[...contacts]
          .sort((one, other) => rank(one) - rank(other))
          .map((one) => (
            <Person key={one.contact} opened={opened} alert={alert} one={one} />
          ))}
        <Moment text={endText(alert)} at={closedAt} done={alert.state === 'cleared'} />
      </ol>
      <Presses opened={opened} alert={alert} />
      {stale && (
        <p class="soft small" role="status">
          {s('story.stale')}
        </p>
      )}
    </section>
  )
}
