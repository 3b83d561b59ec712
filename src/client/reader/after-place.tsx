import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t } from '../text/reader-text.ts'

/** What comes after the letter is open, in a chunk of its own: the letter never waits for it. */
type Part = typeof import('./after/after.tsx')
export const part = signal<Part | null>(null)
const failed = signal(false)

const load = async (): Promise<void> => {
  failed.value = false
  try {
    const loaded = await import('./after/after.tsx')
    await loaded.begin()
    part.value = loaded
  } catch {
    failed.value = true
  }
}

export const AfterPlace = () => {
  useEffect(() => {
    if (part.value === null) void load()
  }, [])
  const loaded = part.value
  if (loaded !== null) return <loaded.OnIt />
  return failed.value ? (
    <div class="stack" role="alert">
      <p class="wrong">{t('after.failed')}</p>
      <button type="button" class="btn" onClick={load}>
        {t('again')}
      </button>
    </div>
  ) : (
    <p class="soft">{t('loading')}</p>
  )
}
