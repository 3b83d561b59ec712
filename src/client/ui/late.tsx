import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../text/app-text.ts'

/** A place that is loaded when it is first asked for. A browser does not fetch a module again that failed once: only a new page does. */
export const Late = ({ load }: { load: () => Promise<ComponentType> }) => {
  const place = useSignal<{ Place: ComponentType } | 'failed' | null>(null)
  useEffect(() => {
    load().then(
      (Place) => {
        place.value = { Place }
      },
      () => {
        place.value = 'failed'
      },
    )
  }, [])
  if (place.value === null) {
    return (
      <main>
        <p class="soft" role="status">
          {t('load.wait')}
        </p>
      </main>
    )
  }
  if (place.value === 'failed') {
    return (
      <main>
        <p class="wrong" role="alert">
          {t('load.failed')}
        </p>
        <button type="button" class="btn" onClick={() => globalThis.location.reload()}>
          {t('load.again')}
        </button>
        <a class="btn" href="#/">
          {t('load.back')}
        </a>
      </main>
    )
  }
  const { Place } = place.value
  return <Place />
}
