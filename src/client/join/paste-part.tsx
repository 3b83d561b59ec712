import { isInstalled } from '../device/system.ts'
import { Again, useLater } from './later.tsx'
import type { Place } from './standing.ts'

export const PastePart = ({ onPlace }: { onPlace: (place: Place) => void }) => {
  const part = useLater(isInstalled(), () => import('./paste.tsx'))
  if (part === null) return null
  return part === 'failed' ? <Again /> : <part.Paste onPlace={onPlace} />
}
