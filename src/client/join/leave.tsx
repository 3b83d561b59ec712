import { useSignal } from '@preact/signals'
import { t } from '../text/join-text.ts'
import { language } from '../text/language.ts'
import { Heading } from '../ui/page.tsx'
import { leave, type Trouble } from './answering.ts'
import { became, owners, placeOf, show } from './stage.ts'
import type { Standing } from './standing.ts'
import { Said } from './trouble.tsx'

/** `all`: everybody whom this browser keeps an invitation of. */
type Scope = 'owner' | 'all'

/** One after the other, as far as it goes; done again it does no harm. An invitation that is no longer valid is left already. */
const leaveAll = async (): Promise<Trouble | null> => {
  let trouble: Trouble | null = null
  for (const one of owners()) {
    const reply = await leave(placeOf(one))
    if (reply.result !== 'left' && reply.result !== 'unknown') trouble = reply
  }
  return trouble
}

/** Two deliberate steps, and the harmless way first in each. */
export const Leave = ({ standing }: { standing: Standing }) => {
  const scope = useSignal<Scope | null>(null)
  const busy = useSignal(false)
  const trouble = useSignal<Trouble | null>(null)
  const name = standing.invitation.from
  const everybody = owners().map(({ from }) => from)
  const names = new Intl.ListFormat(language.value).format(everybody)
  const back = () => show(standing.state)

  const go = async (chosen: Scope): Promise<void> => {
    busy.value = true
    trouble.value = null
    const reply = await leave(standing.place)
    trouble.value = reply.result !== 'left' ? reply : chosen === 'all' ? await leaveAll() : null
    busy.value = false
    if (trouble.value === null) became({ ...standing, state: 'left' })
  }

  const chosen = scope.value
  if (chosen === null) {
    return (
      <>
        <Heading>{t('leave.title')}</Heading>
        <p>{t('leave.body', { name })}</p>
        <div class="push stack">
          <button type="button" class="btn prime" onClick={back}>
            {t('leave.stay')}
          </button>
          {(everybody.length > 1 ? (['owner', 'all'] as const) : (['owner'] as const)).map((one) => (
            <button
              type="button"
              class="btn"
              key={one}
              onClick={() => {
                scope.value = one
              }}
            >
              {t(`leave.${one}`, { name })}
            </button>
          ))}
        </div>
      </>
    )
  }
  return (
    <>
      <Heading key={chosen}>{t(`leave.sure.${chosen}`, { name })}</Heading>
      <p>{t(`leave.sure.${chosen}.body`, { name, names })}</p>
      <Said trouble={trouble.value} />
      <div class="push stack">
        <button type="button" class="btn prime" disabled={busy.value} onClick={back}>
          {t('leave.stay')}
        </button>
        <button type="button" class="btn" disabled={busy.value} onClick={() => void go(chosen)}>
          {t('leave.yes')}
        </button>
      </div>
    </>
  )
}
