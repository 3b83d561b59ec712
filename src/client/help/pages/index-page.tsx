import { FIRST_THREE } from '../../../content/first-steps.ts'
import { CardIcon, TickIcon } from '../../ui/icons.tsx'
import { addressOf } from './addresses.ts'
import { BookIcon } from './book-icon.tsx'
import type { Words } from './words.ts'

/** For who comes without knowing what is here: what to do first, and the pages. */
export const IndexPage = ({ words: { language, t } }: { words: Words }) => (
  <>
    <p>{t('index.body')}</p>
    <div class="stack">
      <a class="btn call" href={addressOf(language, 'hotlines')}>
        <span>
          {t('index.hotlines')}
          <small>{t('index.hotlines.more')}</small>
        </span>
      </a>
      <a class="btn" href={addressOf(language, 'steps')}>
        <TickIcon />
        <span>
          {t('index.steps')}
          <small>{t('index.steps.more')}</small>
        </span>
      </a>
      <a class="btn" href={addressOf(language, 'rights')}>
        <CardIcon />
        <span>
          {t('index.rights')}
          <small>{t('index.rights.more')}</small>
        </span>
      </a>
      <a class="btn" href={addressOf(language, 'library')}>
        <BookIcon />
        <span>
          {t('index.library')}
          <small>{t('index.library.more')}</small>
        </span>
      </a>
    </div>
    <section class="card">
      <h2>{t('index.first')}</h2>
      <ol class="first">
        {FIRST_THREE.map(({ id, title, text }) => (
          <li key={id}>
            <b>{title[language]}</b> {text[language]}
          </li>
        ))}
      </ol>
    </section>
  </>
)
