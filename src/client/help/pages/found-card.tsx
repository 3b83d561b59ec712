import { entryById } from '../../../content/library.ts'
import type { LibraryEntry } from '../../../content/library-schema.ts'
import sources from '../../../content/library-sources.json'
import { type Line, lineById } from '../../../content/lines.ts'
import type { Found } from '../../../content/search.ts'
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
      <h2>
        <a href={`${addressOf(language, 'hotlines')}#${line.id}`}>{line.name}</a>
      </h2>
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
      <h2>{entry.title[language]}</h2>
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

/** One result of a search. */
export const FoundCard = ({ found: { entry, line }, words }: { found: Found; words: Words }) =>
  entry !== null ? (
    <Entry entry={entry} words={words} />
  ) : line !== null ? (
    <LineEntry line={line} words={words} />
  ) : null
