import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../text/app-text.ts'

/** A place with a chunk of its own, loaded when it is gone to; that it could not be is said, and can be tried again. */
export const LaterPlace = ({ load }: { load: () => Promise<ComponentType> }) => {
  const place = useSignal<{ Place: ComponentType } | 'failed' | null>(null)
  const start = async (): Promise<void> => {
    try {
      place.value = { Place: await load() }
    } catch {
      place.value = 'failed'
    }
  }
  useEffect(() => {
    void start()
  }, [])
  if (place.value !== null && place.value !== 'failed') return <place.value.Place />
  return (
    <main>
      {place.value === 'failed' ? (
        <>
          <p class="wrong" role="alert">
            {t('load.failed')}
          </p>
          <button type="button" class="btn" onClick={start}>
            {t('load.again')}
          </button>
          <a class="btn" href="#/">
            {t('load.back')}
          </a>
        </>
      ) : (
        <p class="soft" role="status">
          {t('load.wait')}
        </p>
      )}
    </main>
  )
}
