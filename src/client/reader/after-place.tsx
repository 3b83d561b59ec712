import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t } from '../text/reader-text.ts'
import { loadAnew } from '../ui/load-anew.ts'

/** What comes after the letter is open, in a chunk of its own: the letter never waits for it. */
type Part = typeof import('./after/after.tsx')
export const part = signal<Part | null>(null)
const failed = signal(false)

const load = async (): Promise<void> => {
  try {
    const loaded = await import('./after/after.tsx')
    await loaded.begin()
    part.value = loaded
  } catch {
    failed.value = true
  }
}

const again = (): void => {
  failed.value = false
  loadAnew(() => {
    failed.value = true
  })
}

export const AfterPlace = () => {
  useEffect(() => {
    if (!part.value) void load()
  }, [])
  const loaded = part.value
  if (loaded) return <loaded.OnIt />
  return failed.value ? (
    <button type="button" class="btn" onClick={again}>
      {t('after.failed')}
    </button>
  ) : (
    <p class="soft">{t('loading')}</p>
  )
}
