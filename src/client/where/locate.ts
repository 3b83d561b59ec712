import { Position } from '../../protocol/situation.ts'

/** Asks this phone once where it is. What it says is returned, and kept nowhere. */
export type Located = { kind: 'here'; position: Position } | { kind: 'denied' | 'unfound' | 'none' }

const WAIT_MS = 20_000
const FRESH_MS = 30_000
const MILLION = 1_000_000

/** @returns null where the numbers are none on the earth */
export const positionFrom = (coords: {
  latitude: number
  longitude: number
  accuracy: number
}): Position | null => {
  const parsed = Position.safeParse({
    lat: Math.round(coords.latitude * MILLION),
    lon: Math.round(coords.longitude * MILLION),
    accuracyM: Math.min(MILLION, Math.ceil(coords.accuracy)),
  })
  return parsed.success ? parsed.data : null
}

export const locate = (): Promise<Located> =>
  new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve({ kind: 'none' })
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const position = positionFrom(coords)
        resolve(position === null ? { kind: 'unfound' } : { kind: 'here', position })
      },
      ({ code, PERMISSION_DENIED }) => resolve({ kind: code === PERMISSION_DENIED ? 'denied' : 'unfound' }),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: FRESH_MS },
    )
  })
