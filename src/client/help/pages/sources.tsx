import type { Source } from '../../../content/source.ts'
import type { Words } from './words.ts'

/** Where something was read: the site's name says more than a long address. */
export const siteOf = (url: string): string => new URL(url).hostname.replace(/^www\./, '')

/** The way to where the sources of an entry stand. */
export const SourcesLink = ({ to, words: { t } }: { to: string; words: Words }) => (
  <p class="small">
    <a class="sources-link" href={to}>
      {t('sources')}
    </a>
  </p>
)

type Props = { words: Words; sources: readonly Source[] }

/** What a host has added may have none. */
export const Sources = ({ words: { t }, sources }: Props) =>
  sources.length > 0 && (
    <details class="sources small">
      <summary>{t('sources')}</summary>
      <ul>
        {sources.map(({ url, date }) => (
          <li key={url}>
            <a href={url} rel="noreferrer noopener">
              {siteOf(url)}
            </a>{' '}
            <span class="soft">{date ?? t('sources.undated')}</span>
          </li>
        ))}
      </ul>
    </details>
  )
