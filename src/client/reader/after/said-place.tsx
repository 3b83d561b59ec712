import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { a } from '../../text/after-text.ts'
import { loadAnew } from '../../ui/load-anew.ts'
import { gone, standing } from './standing.ts'

/** Loaded once somebody has written something: most alerts have none of it. */
type Part = typeof import('./said-of-alert.tsx')
const part = signal<Part | null>(null)
const failed = signal(false)

const load = async (): Promise<void> => {
  try {
    const loaded = await import('./said-of-alert.tsx')
    await loaded.load()
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

export const SaidPlace = ({ from }: { from: string }) => {
  const isThere = (standing.value?.situations.length ?? 0) > 0 && !gone.value
  useEffect(() => {
    if (isThere && part.value === null) void load()
  }, [isThere])
  if (!isThere) return null
  const loaded = part.value
  if (loaded !== null) return <loaded.SaidOfAlert from={from} />
  return failed.value ? (
    <button type="button" class="btn" onClick={again}>
      {a('said.failed')}
    </button>
  ) : null
}
