import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { press } from '../device/records.ts'
import { t } from '../text/app-text.ts'
import { loadAnew } from './load-anew.ts'

/**
 * A place that is loaded when it is shown; that it could not be is said, and it can be tried again.
 * @param Frame what stands around it while it is not there yet: a place has a `main` of its own
 */
export const lazily = <P extends object>(
  load: () => Promise<ComponentType<P>>,
  Frame: 'main' | 'div' = 'main',
): ComponentType<P> => {
  const loaded = signal<ComponentType<P> | null>(null)
  const failed = signal(false)
  const start = async (): Promise<void> => {
    try {
      loaded.value = await load()
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
  return (props) => {
    useEffect(() => {
      if (loaded.value === null) void start()
    }, [])
    const Place = loaded.value
    if (Place !== null) return <Place {...props} />
    return (
      <Frame>
        {failed.value ? (
          <>
            <p class="wrong" role="alert">
              {t('load.failed')}
            </p>
            <button type="button" class="btn" onClick={again}>
              {t('load.again')}
            </button>
            {press.value !== null && (
              <a class="btn" href="#/">
                {t('load.back')}
              </a>
            )}
          </>
        ) : (
          <p class="soft" role="status">
            {t('load.wait')}
          </p>
        )}
      </Frame>
    )
  }
}
