import { t } from '../text/join-text.ts'
import { Heading } from '../ui/page.tsx'
import { show } from './stage.ts'
import type { Standing } from './standing.ts'

export const Left = ({ standing }: { standing: Standing }) => {
  const name = standing.invitation.from
  return (
    <>
      <Heading>{t('left.title')}</Heading>
      <p role="status">{t('left.body', { name })}</p>
      <p>{t('left.back', { name })}</p>
      <div class="push stack">
        <button type="button" class="btn" onClick={() => show('form')}>
          {t('left.button')}
        </button>
      </div>
    </>
  )
}
