import { LIBRARY } from '../../../content/library.ts'
import { EntryKind, Topic } from '../../../content/library-schema.ts'
import { LINES } from '../../../content/lines.ts'
import { STATE_NAMES } from '../../../content/state-names.ts'
import { addressOf } from './addresses.ts'
import { languageNames } from './language-names.ts'
import type { Words } from './words.ts'

const byName = (words: Words) => (a: [string, string], b: [string, string]) =>
  a[1].localeCompare(b[1], words.language)

const Choice = ({
  id,
  label,
  all,
  options,
}: {
  id: string
  label: string
  all: string
  options: [string, string][]
}) => (
  <div class="field">
    <label for={id}>{label}</label>
    <select id={id}>
      <option value="">{all}</option>
      {options.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  </div>
)

/** Only what some entry has is offered. Shown by JavaScript, since it works with nothing else. */
const SearchForm = ({ words }: { words: Words }) => {
  const { language, t } = words
  const topics = Topic.options.map((topic): [string, string] => [topic, t(`topic.${topic}`)])
  const kinds = EntryKind.options.map((kind): [string, string] => [kind, t(`kind.${kind}`)])
  const codes = new Set([
    ...LIBRARY.flatMap((entry) => entry.languages),
    ...LINES.flatMap((line) => line.languages ?? []),
  ])
  const states = new Set(
    [...LIBRARY, ...LINES].flatMap((found) => found.states).filter((state) => state !== 'US'),
  )
  return (
    <form class="stack" id="search" aria-label={t('library.search')} hidden>
      <div class="field">
        <label for="query">{t('library.search')}</label>
        <input
          id="query"
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder={t('library.example')}
        />
      </div>
      <details class="fold">
        <summary>{t('library.filters')}</summary>
        <div class="filters">
          <Choice
            id="topic"
            label={t('library.topic')}
            all={t('library.all')}
            options={topics.sort(byName(words))}
          />
          <Choice
            id="kind"
            label={t('library.kind')}
            all={t('library.all')}
            options={kinds.sort(byName(words))}
          />
          <Choice
            id="language"
            label={t('library.language')}
            all={t('library.all')}
            options={[...codes]
              .map((code): [string, string] => [code, languageNames([code], language)])
              .sort(byName(words))}
          />
          <Choice
            id="region"
            label={t('library.region')}
            all={t('library.all')}
            options={[...states]
              .map((state): [string, string] => [state, STATE_NAMES[state]?.[language] ?? state])
              .sort(byName(words))}
          />
        </div>
      </details>
      <p id="found" class="small soft" role="status" />
    </form>
  )
}

/** The only page that is not whole without JavaScript: its entries are in the search's own data, and not written twice. */
export const LibraryPage = ({ words }: { words: Words }) => {
  const { language, t } = words
  const elsewhere = (
    <p>
      {t('library.elsewhere')} <a href={addressOf(language, 'hotlines')}>{t('nav.hotlines')}</a>,{' '}
      <a href={addressOf(language, 'rights')}>{t('nav.rights')}</a>
    </p>
  )
  return (
    <>
      <p>{t('library.body')}</p>
      <noscript>{elsewhere}</noscript>
      <div class="wrong" id="failed" hidden>
        <p>{t('library.failed')}</p>
        <p>
          <a href={addressOf(language, 'library')}>{t('library.again')}</a>
        </p>
      </div>
      <SearchForm words={words} />
      <div class="stack" id="entries" />
    </>
  )
}
