import { language } from '../text/language.ts'
import { n, pin } from '../text/pin-text.ts'
import { forgetUnderDuress } from '../vault/duress.ts'
import { PinEntry } from './pin-entry.tsx'

type Props = { alert: string; onRoot: (root: Uint8Array) => Promise<void> }

/** Before an all-clear: only who set the PIN may say that she is well. Under a duress PIN it is shown as sent, and is not. */
export const loadClearEntry = async () => {
  await pin.load(language.value)
  return ({ alert, onRoot }: Props) => (
    <PinEntry button={n('clear.send')} onRoot={onRoot} onNothing={() => forgetUnderDuress(alert)} />
  )
}
