import { n } from '../text/pin-text.ts'

const LIMITS = ['chats', 'kept', 'seen', 'service', 'told', 'old'] as const

/** What a PIN does not protect against: said where it is set, since a false sense of safety is worse than none. */
export const PinLimits = () => (
  <section class="card stack">
    <h2>{n('not.title')}</h2>
    <ul>
      {LIMITS.map((limit) => (
        <li key={limit}>{n(`not.${limit}`)}</li>
      ))}
    </ul>
  </section>
)
