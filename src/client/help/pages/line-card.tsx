import { isVerified } from '../../../content/hotline.ts'
import { type Line, reachableFromAbroad } from '../../../content/lines.ts'
import { sourcesOf } from './addresses.ts'
import { languageNames } from './language-names.ts'
import { SourcesLink } from './sources.tsx'
import type { Words } from './words.ts'

const Row = ({ name, children }: { name: string; children: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/** One line, with all that is known of it, and with what is not known said. */
export const LineCard = ({ line, words }: { line: Line; words: Words }) => {
  const { language, t } = words
  return (
    <article class="card line" id={line.id} data-line={line.id}>
      <h3>{line.name}</h3>
      <p class="small soft">
        {line.area[language]} · {line.organisation}
      </p>
      {line.runBy === 'immigration' && <p class="wrong">{t('line.immigration')}</p>}
      {line.runBy === 'government' && <p class="small">{t('line.government')}</p>}
      <a class="btn call" href={`tel:${line.phone}`}>
        <span>
          {t('line.call')} <bdi class="number">{line.display}</bdi>
        </span>
      </a>
      {!isVerified(line) && <p class="wrong">{t('line.unverified')}</p>}
      <p class="live open" data-open={line.id} />
      <dl class="facts">
        <Row name={t('line.hours')}>{line.hours?.[language] ?? t('line.hours.unknown')}</Row>
        <Row name={t('line.languages')}>
          {line.languages === null ? t('line.languages.unknown') : languageNames(line.languages, language)}
        </Row>
        <Row name={t('line.abroad')}>
          {t(reachableFromAbroad(line) ? 'line.abroad.yes' : 'line.abroad.no')}
        </Row>
        {line.text && <Row name={t('line.text')}>{t('line.text.yes')}</Row>}
        <Row name={t('line.checked')}>
          {line.checked === null ? t('line.checked.never') : t('line.checked.on', { day: line.checked })}
        </Row>
      </dl>
      {line.note !== null && <p class="small">{line.note[language]}</p>}
      <div class="live row wrap" data-actions={line.id} />
      {line.url !== null && (
        <p class="small">
          <a href={line.url} rel="noreferrer noopener">
            {t('line.page')}
          </a>
        </p>
      )}
      <SourcesLink words={words} to={sourcesOf('hotlines', line.id)} />
    </article>
  )
}
