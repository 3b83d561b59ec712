import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ToldRequest } from '../../protocol/told.ts'
import { abilityOf, subscribe, subscribed } from '../join/push.ts'
import { language } from '../text/language.ts'
import { td } from '../text/told-text.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { askHost } from '../vault/ask-host.ts'
import type { Opened, Outcome } from '../vault/session.ts'
import { troubleText } from '../vault/trouble.ts'
import { setTold } from './service.ts'

/** `hostKey` null: this host pushes to nobody. `own` null: this browser has said yes to nothing here. */
type Known = { hostKey: string | null; own: string | null; endpoints: readonly string[] }

const Choice = ({ opened: { root } }: { opened: Opened }) => {
  const known = useSignal<Known | null>(null)
  const trouble = useSignal<string | null>(null)
  const isBusy = useSignal(false)

  const take = (answer: Outcome<string[]>, keep: Omit<Known, 'endpoints'>): void => {
    if (answer.ok) known.value = { ...keep, endpoints: answer.value }
    else
      trouble.value =
        answer.trouble === 'refused' && answer.code === 'full' ? td('full') : troubleText(answer)
  }
  const look = async (): Promise<void> => {
    trouble.value = null
    const host = await askHost()
    if (host === null) {
      trouble.value = troubleText({ trouble: 'no-line' })
      return
    }
    const own = host.push === null ? null : await subscribed(host.push)
    take(await setTold(root, null), { hostKey: host.push, own: own?.endpoint ?? null })
  }
  useEffect(() => void look(), [])

  const change = async (set: ToldRequest['set'], keep: Omit<Known, 'endpoints'>): Promise<void> => {
    isBusy.value = true
    trouble.value = null
    take(await setTold(root, set), keep)
    isBusy.value = false
  }
  const turnOn = async (hostKey: string): Promise<void> => {
    isBusy.value = true
    trouble.value = null
    const reply = await subscribe(hostKey)
    if (reply.result !== 'on') trouble.value = td(reply.result === 'blocked' ? 'blocked' : 'failed')
    else {
      const { push } = reply
      await change({ kind: 'on', push, language: language.value }, { hostKey, own: push.endpoint })
    }
    isBusy.value = false
  }

  const now = known.value
  const isOn = now !== null && now.own !== null && now.endpoints.includes(now.own)
  const others = now === null ? 0 : now.endpoints.length - (isOn ? 1 : 0)
  const ability = abilityOf()
  return (
    <>
      <div aria-live="polite">
        {trouble.value !== null && (
          <>
            <p class="wrong">{trouble.value}</p>
            {now === null && (
              <button type="button" class="btn" onClick={() => void look()}>
                {td('again')}
              </button>
            )}
          </>
        )}
        {now === null && trouble.value === null && <p class="soft">{td('asking')}</p>}
        {now?.hostKey === null && <p class="light amber">{td('host')}</p>}
        {isOn && <p class="light green">{td('on')}</p>}
      </div>
      {now !== null && now.hostKey !== null && !isOn && ability !== 'can' && (
        <p class="light amber">{td(ability)}</p>
      )}
      {now !== null && now.hostKey !== null && !isOn && ability === 'can' && (
        <button
          type="button"
          class="btn prime"
          disabled={isBusy.value}
          onClick={() => void turnOn(now.hostKey ?? '')}
        >
          {td('turn-on')}
        </button>
      )}
      {now !== null && isOn && (
        <button
          type="button"
          class="btn"
          disabled={isBusy.value}
          onClick={() => void change({ kind: 'off', endpoint: now.own ?? '' }, now)}
        >
          {td('turn-off')}
        </button>
      )}
      {now !== null && others > 0 && (
        <>
          <p>{td('others', { count: others })}</p>
          <button
            type="button"
            class="btn"
            disabled={isBusy.value}
            onClick={() => void change({ kind: 'none' }, now)}
          >
            {td('none')}
          </button>
        </>
      )}
    </>
  )
}

/** The owner's phones that are told when a card or a person presses: `#/told`. */
export const Told = () => (
  <VaultPage title={td('title')} back="pressers">
    {(opened) => (
      <>
        <p>{td('body')}</p>
        <Choice opened={opened} />
        <p class="soft small">{td('limits')}</p>
        <p class="soft small">{td('held')}</p>
      </>
    )}
  </VaultPage>
)
