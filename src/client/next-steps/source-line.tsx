import type { Confidence } from '../../content/source.ts'
import type { StepWords } from './words.ts'

type Props = {
  url: string
  name: string
  date: string | null
  confidence: Confidence
  words: StepWords
}

/** Where it was read, how old that is, and whether anything else speaks for it. */
export const SourceLine = ({ url, name, date, confidence, words: { t } }: Props) => (
  <p class="small soft">
    {confidence !== 'high' && `${t('unverified')} `}
    {t('source')}{' '}
    <a href={url} target="_blank" rel="noreferrer noopener">
      {name}
    </a>
    , {date ?? t('undated')}
  </p>
)
