import { consulateCountries, consulatesOf } from '../../content/consulates.ts'
import type { Consulate } from '../../content/consulates-schema.ts'
import sources from '../../content/consulates-sources.json'
import type { Source } from '../../content/source.ts'
import { Call } from './call.tsx'
import { SourceLine } from './source-line.tsx'
import type { StepWords } from './words.ts'

/** The site's name says more than a long address. */
const siteOf = (url: string): string => new URL(url).hostname.replace(/^www\./, '')

const sourceOf = (id: string): Source | undefined => (sources as Record<string, readonly Source[]>)[id]?.[0]

type Props = { words: StepWords; listed: ((of: 'consulates', id: string) => string) | undefined }

const One = ({ consulate, words, listed }: Props & { consulate: Consulate }) => {
  const { language, t } = words
  const source = sourceOf(consulate.id)
  return (
    <div class="stack">
      <p class="small">
        <b>{consulate.name}</b>
        <br />
        {consulate.area[language]}. {consulate.hours?.[language] ?? t('hours.unknown')}.
      </p>
      <Call phone={consulate.phone} label={t('call')} government={false} words={words} />
      {consulate.note !== null && <p class="small">{consulate.note[language]}</p>}
      {source !== undefined && (
        <SourceLine
          url={listed?.('consulates', consulate.id) ?? source.url}
          name={siteOf(source.url)}
          date={source.date}
          confidence={consulate.confidence}
          words={words}
        />
      )}
    </div>
  )
}

/** Behind a tap that says what it means: no number is on the screen before the warning was there to be read. */
export const ConsulateList = ({ words, listed }: Props) => (
  <details class="fold" data-consulates="">
    <summary>{words.t('consulates.show')}</summary>
    {consulateCountries(words.language).map(({ code, name }) => (
      <details key={code} class="fold" data-country={code}>
        <summary>{name}</summary>
        <div class="stack">
          {consulatesOf(code).map((consulate) => (
            <One key={consulate.id} consulate={consulate} words={words} listed={listed} />
          ))}
          {consulatesOf(code).length === 0 && <p>{words.t('consulates.none')}</p>}
        </div>
      </details>
    ))}
    <p class="small">{words.t('consulates.other')}</p>
  </details>
)
