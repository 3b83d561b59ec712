import { entryById, LIBRARY } from '../../../content/library.ts'
import { EntryKind, type LibraryEntry, Topic } from '../../../content/library-schema.ts'
import sources from '../../../content/library-sources.json'
import { LINES, type Line, lineById } from '../../../content/lines.ts'
import type { Source } from '../../../content/source.ts'
import { STATE_NAMES } from '../../../content/state-names.ts'
import { addressOf } from './addresses.ts'
import { languageNames } from './language-names.ts'
import { Sources } from './sources.tsx'
import type { Words } from './words.ts'

const sourcesOf = (id: string): readonly Source[] => (sources as Record<string, readonly Source[]>)[id] ?? []

const whereOf = (states: readonly string[], { language, t }: Words): string =>
  states.includes('US')
    ? t('library.everywhere')
    : states.map((state) => STATE_NAMES[state]?.[language] ?? state).join(', ')

/** Where a number is dialled from is one page: here only its name, its area and the way there. */
const LineEntry = ({ line, words }: { line: Line; words: Words }) => {
  const { language, t } = words
  return (
    <article class="card entry" id={`line-${line.id}`} data-found={`line:${line.id}`}>
      <p class="kind small">{t('kind.hotline')}</p>
      <h3>
        <a href={`${addressOf(language, 'hotlines')}#${line.id}`}>{line.name}</a>
      </h3>
      <p class="small soft">
        {line.area[language]} · {line.organisation}
      </p>
      <p>
        <a href={`tel:${line.phone}`}>
          <bdi class="number">{line.display}</bdi>
        </a>
      </p>
    </article>
  )
}

const Related = ({ entry, words }: { entry: LibraryEntry; words: Words }) => {
  const { language, t } = words
  const others = entry.sameAs.flatMap((id) => entryById(id) ?? [])
  const lines = entry.lines.flatMap((id) => lineById(id) ?? [])
  if (others.length + lines.length === 0) return null
  return (
    <ul class="tips small">
      {others.map(({ id, title }) => (
        <li key={id}>
          {t('library.instead')} <a href={`#${id}`}>{title[language]}</a>
        </li>
      ))}
      {lines.map(({ id, name, display }) => (
        <li key={id}>
          <a href={`${addressOf(language, 'hotlines')}#${id}`}>
            {name} <bdi class="number">{display}</bdi>
          </a>
        </li>
      ))}
    </ul>
  )
}

const Entry = ({ entry, words }: { entry: LibraryEntry; words: Words }) => {
  const { language, t } = words
  const facts = [entry.organisation, entry.date, whereOf(entry.states, words)].filter((fact) => fact !== null)
  return (
    <article class="card entry" id={entry.id} data-found={entry.id}>
      <p class="kind small">
        {t(`kind.${entry.kind}`)}{' '}
        <span class={`standing ${entry.standing}`}>{t(`standing.${entry.standing}`)}</span>
      </p>
      <h3>{entry.title[language]}</h3>
      <p class="small soft">{facts.join(' · ')}</p>
      <p>{entry.about[language]}</p>
      <p>
        <b>{t('library.today')}</b> {entry.today[language]}
      </p>
      <p class="small soft">
        {entry.topics.map((topic) => t(`topic.${topic}`)).join(' · ')} ·{' '}
        {languageNames(entry.languages, language)}
      </p>
      {entry.url !== null && (
        <p>
          <a href={entry.url} rel="noreferrer noopener">
            {t('library.open')}
          </a>
        </p>
      )}
      <Related entry={entry} words={words} />
      <p class="small soft">
        {entry.checked === null ? t('library.unchecked') : t('library.checked', { day: entry.checked })}
      </p>
      <Sources words={words} sources={sourcesOf(entry.id)} />
    </article>
  )
}

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

export const LibraryPage = ({ words }: { words: Words }) => (
  <>
    <p>{words.t('library.body')}</p>
    <SearchForm words={words} />
    <div class="stack" id="entries">
      {LIBRARY.map((entry) => (
        <Entry key={entry.id} entry={entry} words={words} />
      ))}
      {LINES.map((line) => (
        <LineEntry key={line.id} line={line} words={words} />
      ))}
    </div>
  </>
)
