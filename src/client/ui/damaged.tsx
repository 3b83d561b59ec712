import { t } from '../text/app-text.ts'
import { Heading, Top } from './page.tsx'

/** What is stored here cannot be read. It is left as it is; the recovery words bring everything back. */
export const Damaged = () => (
  <>
    <Top title="Amparo" />
    <main>
      <Heading>{t('damaged.title')}</Heading>
      <p>{t('damaged.body')}</p>
      <div class="push stack">
        <button type="button" class="btn prime" onClick={() => location.reload()}>
          {t('load.again')}
        </button>
        <a class="btn" href="#/restore">
          {t('damaged.restore')}
        </a>
        <a class="btn" href="#/rights">
          {t('home.rights')}
        </a>
      </div>
    </main>
  </>
)
