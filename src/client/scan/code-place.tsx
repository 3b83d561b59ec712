import { useEffect } from 'preact/hooks'
import { t } from '../text/app-text.ts'
import { language } from '../text/language.ts'
import { loadParts, parts, partsNow } from './parts.ts'

/** Where a card's code is typed: loaded when nothing else leads to a button. */
export const CodePlace = ({ onFound }: { onFound: (fragment: string) => void }) => {
  const code = language.value
  useEffect(() => {
    void loadParts(code)
  }, [code])
  const loaded = partsNow()
  if (loaded !== null) return <loaded.CodeEntry onFound={onFound} />
  if (parts.value !== 'failed')
    return (
      <p class="soft" role="status">
        {t('load.wait')}
      </p>
    )
  return (
    <>
      <p class="wrong" role="alert">
        {t('load.failed')}
      </p>
      <button type="button" class="btn" onClick={() => void loadParts(code)}>
        {t('load.again')}
      </button>
    </>
  )
}
