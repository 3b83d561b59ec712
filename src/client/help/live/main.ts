import '../help.css'
import { language } from '../../text/language.ts'
import { addressOf } from '../pages/addresses.ts'

/** What JavaScript adds to a help page, which is whole without it. A part that does not load takes nothing away. */
const page = document.querySelector('main')?.dataset['page']

const PARTS: Record<string, () => Promise<{ start: () => Promise<void> | void }>> = {
  hotlines: () => import('./hotlines.ts'),
  rights: () => import('./rights.ts'),
  library: () => import('./library.ts'),
}

if (page === 'languages') globalThis.location.replace(addressOf(language.value, null))
const part = PARTS[page ?? '']
if (part !== undefined) {
  part()
    .then(({ start }) => start())
    .catch(() => document.documentElement.classList.add('bare'))
}
void navigator.serviceWorker?.register('/sw.js').catch(() => undefined)
