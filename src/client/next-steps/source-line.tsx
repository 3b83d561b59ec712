import type { Confidence } from '../../content/source.ts'
import type { StepWords } from './words.ts'

type Props = {
  /** Of a page of ours that lists the sources, or of the source itself. */
  url: string
  name: string
  date: string | null
  confidence: Confidence
  words: StepWords
}

const isOurs = (url: string): boolean => url.startsWith('/')

/** Where it was read, how old that is, and whether anything else speaks for it. */
export const SourceLine = ({ url, name, date, confidence, words: { t } }: Props) => (
  <p class="small soft">
    {confidence !== 'high' && `${t('unverified')} `}
    {t('source')}{' '}
    {isOurs(url) ? (
      <a href={url}>{name}</a>
    ) : (
      <a href={url} target="_blank" rel="noreferrer noopener">
        {name}
      </a>
    )}
    , {date ?? t('undated')}
  </p>
)
