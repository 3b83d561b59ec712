import { pinSet } from '../device/locked.ts'
import { n } from '../text/pin-text.ts'
import { s } from '../text/setup-text.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { PinForm } from './pin-form.tsx'
import { PinLimits } from './pin-limits.tsx'
import { PinSet } from './pin-set.tsx'

/** The PIN of this phone: set, changed, taken away, and what it does not protect against. */
export const Pin = () => (
  <VaultPage title={n('title')} back="more">
    {() => (
      <>
        <p>{n('body')}</p>
        {pinSet.value ? <PinSet /> : <PinForm />}
        <PinLimits />
        <a class="quiet" href="#/start-over">
          {s('more.start-over')}
        </a>
      </>
    )}
  </VaultPage>
)
