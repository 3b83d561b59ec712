import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { isInstalled } from '../device/system.ts'
import { t } from '../text/join-text.ts'
import { type Draft, draft } from './draft.ts'
import { host } from './host.ts'
import type { Place } from './standing.ts'

/** What only some hosts offer is loaded only there; it may fail, and then be tried again. */
const useLater = <T extends object>(isWanted: boolean, load: () => Promise<T>) => {
  const part = useSignal<T | 'failed' | null>(null)
  const start = (): void => {
    load().then(
      (loaded) => {
        part.value = loaded
      },
      () => {
        part.value = 'failed'
      },
    )
  }
  useEffect(() => {
    if (isWanted) start()
  }, [isWanted])
  return { part: isWanted ? part.value : null, start }
}

const Again = ({ onClick }: { onClick: () => void }) => (
  <button type="button" class="quiet" onClick={onClick}>
    {t('part.load')}
  </button>
)

const change = (values: Partial<Draft>): void => {
  draft.value = { ...draft.value, ...values }
}

export const PushPart = () => {
  const key = host.value?.push ?? null
  const { part, start } = useLater(key !== null, () => import('./push-choice.tsx'))
  if (key === null || part === null) return null
  if (part === 'failed') return <Again onClick={start} />
  return <part.PushChoice hostKey={key} push={draft.value.push} onPush={(push) => change({ push })} />
}

export const SmsPart = ({ checked }: { checked: boolean }) => {
  const isOffered = host.value?.channels.includes('sms') ?? false
  const { part, start } = useLater(isOffered, () => import('./sms-choice.tsx'))
  if (part === null) return null
  if (part === 'failed') return <Again onClick={start} />
  return <part.SmsChoice sms={draft.value.sms} checked={checked} onSms={(sms) => change({ sms })} />
}

export const PastePart = ({ onPlace }: { onPlace: (place: Place) => void }) => {
  const { part, start } = useLater(isInstalled(), () => import('./paste.tsx'))
  if (part === null) return null
  if (part === 'failed') return <Again onClick={start} />
  return <part.Paste onPlace={onPlace} />
}
