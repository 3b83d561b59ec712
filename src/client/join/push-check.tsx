import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { language } from '../text/language.ts'
import { pt, pushLostText } from '../text/push-lost-text.ts'
import { accept } from './answering.ts'
import { draft } from './draft.ts'
import { host, offers } from './host.ts'
import { abilityOf, subscribe, subscribed } from './push.ts'
import { became, show } from './stage.ts'
import type { Standing } from './standing.ts'
import { toConfirm, wantedOf } from './wanted.ts'

/** Who has said yes to notifications, and would get none in this browser, can turn them on again at a tap. */
export const PushCheck = ({ standing }: { standing: Standing }) => {
  const hostKey = host.value?.push ?? null
  const endpoint = standing.answer?.push?.endpoint
  const isLost = useSignal(false)
  const said = useSignal<'failed' | null>(null)
  const busy = useSignal(false)
  useEffect(() => {
    if (hostKey === null) return
    void Promise.all([subscribed(hostKey), pushLostText.load(language.value)]).then(
      ([here]) => {
        isLost.value = here?.endpoint !== endpoint
      },
      () => undefined,
    )
  }, [hostKey, endpoint])
  const ability = abilityOf()
  if (!isLost.value || hostKey === null || ability === 'cannot' || ability === 'install') return null

  const turnOn = async (): Promise<void> => {
    busy.value = true
    said.value = null
    const reply = await subscribe(hostKey)
    if (reply.result !== 'on') said.value = 'failed'
    else {
      draft.value = { ...draft.value, push: reply.push }
      const wanted = wantedOf(draft.value, offers())
      // An address that was never confirmed is asked about in the form, with the browser already in it.
      if (toConfirm(standing, wanted).length > 0) return show('form')
      const answered = await accept(standing, wanted, null)
      if (answered.result === 'accepted') return became(answered.standing)
      said.value = 'failed'
    }
    busy.value = false
  }
  return (
    <section class="card stack">
      <p class="light amber" role="status">
        <span class="dot" />
        <span>{pt('lost')}</span>
      </p>
      {ability === 'blocked' ? (
        <p class="small">{pt('blocked')}</p>
      ) : (
        <button type="button" class="btn" disabled={busy.value} onClick={() => void turnOn()}>
          {pt('here')}
        </button>
      )}
      <div aria-live="polite">{said.value !== null && <p class="wrong">{pt(said.value)}</p>}</div>
    </section>
  )
}
