import { type Draft, draft } from './draft.ts'
import { host } from './host.ts'
import { Again, useLater } from './later.tsx'

/** What only some hosts offer is loaded only there. */

const change = (values: Partial<Draft>): void => {
  draft.value = { ...draft.value, ...values }
}

export const PushPart = () => {
  const key = host.value?.push ?? null
  const part = useLater(key !== null, () => import('./push-choice.tsx'))
  if (key === null || part === null) return null
  if (part === 'failed') return <Again />
  return <part.PushChoice hostKey={key} push={draft.value.push} onPush={(push) => change({ push })} />
}

export const SmsPart = ({ checked }: { checked: boolean }) => {
  const isOffered = host.value?.channels.includes('sms') ?? false
  const part = useLater(isOffered, () => import('./sms-choice.tsx'))
  if (part === null) return null
  if (part === 'failed') return <Again />
  return <part.SmsChoice sms={draft.value.sms} checked={checked} onSms={(sms) => change({ sms })} />
}
