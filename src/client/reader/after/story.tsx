import type { ComponentChildren } from 'preact'
import type { StandingAnswer } from '../../../protocol/standing.ts'
import { a } from '../../text/after-text.ts'
import { whenOf } from '../../text/when.ts'
import { checkedAt, failing, read, standing } from './standing.ts'

type Row = { id: string; text: ComponentChildren; at: number | null; done: boolean }

/** Within a minute of each other a press and its arrival are one thing. */
const APART_MS = 60_000

const onItRows = ({ mine, others }: StandingAnswer): Row[] => {
  const all = [
    ...(mine === null ? [] : [{ ...mine, text: a('story.you') }]),
    ...others.map((other) => {
      const words = read(other.sealed)
      return { ...other, text: words === null ? a('other.somebody') : a('other.on', { name: words.name }) }
    }),
  ].sort((one, other) => one.at - other.at)
  if (all.length === 0) return [{ id: 'nobody', text: a('story.nobody'), at: null, done: false }]
  return all.map(({ sealed, text, at }) => ({ id: sealed, text, at, done: true }))
}

const endOf = ({ alert: { state, closedAt } }: StandingAnswer, name: string): Row => {
  if (state === 'cleared') return { id: 'end', text: a('story.cleared', { name }), at: closedAt, done: true }
  if (state === 'expired') return { id: 'end', text: a('story.expired', { name }), at: closedAt, done: false }
  return { id: 'end', text: a('story.open', { name }), at: null, done: false }
}

const rowsOf = (now: StandingAnswer, name: string): Row[] => {
  const { pressedAt, receivedAt, heldUntil } = now.alert
  const row = (id: string, text: string, at: number | null): Row => ({ id, text, at, done: at !== null })
  return [
    row('pressed', a('story.pressed', { name }), pressedAt),
    ...(receivedAt - pressedAt < APART_MS ? [] : [row('received', a('story.received'), receivedAt)]),
    row('sent', a(now.sentAt === null ? 'story.not-sent' : 'story.sent'), now.sentAt),
    ...(heldUntil === null ? [] : [row('held', a('story.held', { when: whenOf(heldUntil) }), null)]),
    row('opened', a(now.openedAt === null ? 'story.not-opened' : 'story.opened'), now.openedAt),
    ...onItRows(now),
    endOf(now, name),
  ]
}

/** What has happened, each with its time, and what has not happened yet. Nothing is said here that the service has not said. */
export const Story = ({ from }: { from: string }) => {
  const now = standing.value
  if (now === null) return null
  return (
    <section class="card" aria-label={a('story.title')}>
      <h2>{a('story.title')}</h2>
      <ol class="steps">
        {rowsOf(now, from).map(({ id, text, at, done }) => (
          <li key={id}>
            <span class={done ? 'dot' : 'dot wait'} />
            <span>{text}</span>
            <em>{at === null ? '' : whenOf(at)}</em>
          </li>
        ))}
      </ol>
      {checkedAt.value !== null && (
        <p class="soft small" role="status">
          {a(failing.value ? 'stale' : 'checked', { when: whenOf(checkedAt.value) })}
        </p>
      )}
    </section>
  )
}
