import { canInstall, install } from '../device/install.ts'
import { isAndroid, isApplePhone, isInstalled } from '../device/system.ts'
import { s } from '../text/setup-text.ts'

/** On the home screen the button is one tap away, and the phone keeps what is stored. Says nothing where it is there already. */
export const InstallHint = () => {
  if (isInstalled()) return null
  if (canInstall()) {
    return (
      <button type="button" class="btn" onClick={() => void install()}>
        {s('install.button')}
      </button>
    )
  }
  if (!isAndroid() && !isApplePhone()) return null
  return <p class="card small">{s(isAndroid() ? 'install.android' : 'install.apple')}</p>
}
