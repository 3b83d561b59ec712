import { language } from '../text/language.ts'
import { pin } from '../text/pin-text.ts'
import { Pin } from './pin.tsx'
import { Unlock } from './unlock.tsx'

/** The places of the PIN, with their catalog: loaded where one of them is shown. */
export const loadUnlock = async () => {
  await pin.load(language.value)
  return Unlock
}

export const loadPin = async () => {
  await pin.load(language.value)
  return Pin
}
