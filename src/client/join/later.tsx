import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t } from '../text/join-text.ts'
import { loadAnew } from '../ui/load-anew.ts'

/** A part of the page that is loaded where it is wanted. Null: it is not, or not yet. */
export const useLater = <T extends object>(
  isWanted: boolean,
  load: () => Promise<T>,
): T | 'failed' | null => {
  const part = useSignal<T | 'failed' | null>(null)
  useEffect(() => {
    if (isWanted)
      load().then(
        (loaded) => {
          part.value = loaded
        },
        () => {
          part.value = 'failed'
        },
      )
  }, [isWanted])
  return isWanted ? part.value : null
}

export const Again = () => {
  const tried = useSignal(0)
  return (
    <button
      type="button"
      class="quiet"
      key={tried.value}
      onClick={() =>
        loadAnew(() => {
          tried.value += 1
        })
      }
    >
      {t('part.load')}
    </button>
  )
}
