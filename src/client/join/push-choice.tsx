import { useSignal } from '@preact/signals'
import type { PushTarget } from '../../protocol/channel.ts'
import { t } from '../text/join-text.ts'
import { abilityOf, type Subscribed, subscribe } from './push.ts'

type Props = { hostKey: string; push: PushTarget | null; onPush: (push: PushTarget | null) => void }

/** A notification on this phone, beside whatever else was chosen. */
export const PushChoice = ({ hostKey, push, onPush }: Props) => {
  const busy = useSignal(false)
  const said = useSignal<Exclude<Subscribed['result'], 'on'> | null>(null)
  const ability = abilityOf()
  if (ability === 'cannot' && push === null) return null

  const turnOn = async (): Promise<void> => {
    busy.value = true
    said.value = null
    const reply = await subscribe(hostKey)
    busy.value = false
    if (reply.result === 'on') onPush(reply.push)
    else said.value = reply.result
  }

  if (push !== null) {
    return (
      <section class="card stack">
        <p class="light" role="status">
          <span class="dot" />
          <span>{t('push.on')}</span>
        </p>
        <button type="button" class="quiet" onClick={() => onPush(null)}>
          {t('push.off')}
        </button>
      </section>
    )
  }
  return (
    <section class="card stack">
      <h2>{t('push.title')}</h2>
      <p class="small">{t(ability === 'install' ? 'push.install' : 'push.more')}</p>
      {ability === 'blocked' && <p class="small">{t('push.blocked')}</p>}
      {ability === 'can' && (
        <button type="button" class="btn" disabled={busy.value} onClick={() => void turnOn()}>
          {t('push.turn-on')}
        </button>
      )}
      <div aria-live="polite">{said.value !== null && <p class="wrong">{t(`push.${said.value}`)}</p>}</div>
    </section>
  )
}
