import { useSignal } from '@preact/signals'
import { ROUTES } from '../../protocol/routes.ts'
import type { AlertSummary } from '../../protocol/vault.ts'
import { Presses } from '../situations/place.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { type Opened, tellOwner } from '../vault/session.ts'
import { troubleText } from '../vault/trouble.ts'

/** Alerts whose letters can still be read, each with the way to take them back. */
export const PastAlerts = ({ opened, alerts }: { opened: Opened; alerts: readonly AlertSummary[] }) => {
  const said = useSignal<{ alert: string; text: string } | null>(null)
  const taken = useSignal<string[]>([])
  const out = alerts.filter(({ alert, lettersOut }) => lettersOut && !taken.value.includes(alert))
  const withdraw = async (alert: string): Promise<void> => {
    const done = await tellOwner(ROUTES.withdraw, opened.root, { alert })
    if (done.ok) taken.value = [...taken.value, alert]
    said.value = { alert, text: done.ok ? s('withdraw.done') : troubleText(done) }
  }
  return (
    <>
      {said.value !== null && (
        <p class="light" role="status">
          {said.value.text}
        </p>
      )}
      {out.map((one) => (
        <div class="card stack" key={one.alert}>
          <p>{s('withdraw.body', { when: dayAndTimeOf(one.pressedAt) })}</p>
          {/* The newest is told of above. */}
          {one !== alerts[0] && <Presses opened={opened} alert={one} />}
          {one.state === 'open' ? (
            <p class="soft small">{s('withdraw.open')}</p>
          ) : (
            <button type="button" class="btn" onClick={() => void withdraw(one.alert)}>
              {s('withdraw.button')}
            </button>
          )}
        </div>
      ))}
    </>
  )
}
