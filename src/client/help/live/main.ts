import '../help.css'
import '../../next-steps/next-steps.css'

/** What JavaScript adds to a help page, which is whole without it. A part that does not load takes nothing away. */
const page = document.querySelector('main')?.dataset.page

const PARTS: Record<string, () => Promise<{ start: () => Promise<void> | void }>> = {
  hotlines: () => import('./hotlines.ts'),
  rights: () => import('./rights.ts'),
  steps: () => import('./steps.ts'),
  library: () => import('./library.tsx'),
}

const isSpanish = (): boolean => {
  const known = (navigator.languages ?? []).find((tag) => /^(?:en|es)/i.test(tag))
  return known?.toLowerCase().startsWith('es') ?? false
}

if (page === 'languages') globalThis.location.replace(isSpanish() ? '/help/es' : '/help/en')
// An entry that says why it is not there: of the pages, only the library is not whole without its part.
const failed = (): void => {
  const place = document.getElementById('failed')
  if (place !== null) place.hidden = false
}
void PARTS[page ?? '']?.()
  .then(({ start }) => start())
  .catch(failed)
void navigator.serviceWorker?.register('/sw.js').catch(() => undefined)
