import { signal } from '@preact/signals'
import { CallButton } from '../../help/call-button.tsx'
import { a } from '../../text/after-text.ts'
import { t } from '../../text/reader-text.ts'
import { loadAnew } from '../../ui/load-anew.ts'

/** The whole list, loaded on a tap: who opens a letter for the first time reads the six steps above it. */
type Part = typeof import('./steps/steps.tsx')
const part = signal<Part | null>(null)
const state = signal<'closed' | 'loading' | 'failed'>('closed')

const load = async (): Promise<void> => {
  state.value = 'loading'
  try {
    const loaded = await import('./steps/steps.tsx')
    await loaded.begin()
    part.value = loaded
  } catch {
    state.value = 'failed'
  }
}

const tap = (): void => {
  if (state.value === 'closed') void load()
  if (state.value === 'failed')
    loadAnew(() => {
      state.value = 'failed'
    })
}

export const StepsPlace = ({ hotline }: { hotline: string }) => {
  const loaded = part.value
  if (loaded !== null)
    return (
      <loaded.Steps
        call={<CallButton hotline={hotline} label={t('call')} notVerified={t('call.unverified')} />}
      />
    )
  return (
    <button type="button" class="btn" onClick={tap}>
      {a(`steps.${state.value}`)}
    </button>
  )
}
