import { consulateCountries, consulatesOf } from '../../../content/consulates.ts'
import consulates from '../../../content/consulates-sources.json'
import lines from '../../../content/hotline-sources.json'
import { LINES } from '../../../content/lines.ts'
import { NEXT_STEPS } from '../../../content/next-steps.ts'
import steps from '../../../content/next-steps-sources.json'
import { CHANGED, SCENES } from '../../../content/rights-scenes.ts'
import scenes from '../../../content/rights-scenes-sources.json'
import type { Source } from '../../../content/source.ts'
import { Language } from '../../../protocol/fields.ts'
import type { SourceGroup } from './addresses.ts'
import { siteOf } from './sources.tsx'
import { wordsIn } from './words.ts'

type Named = { id: string; name: string }
type Group = {
  group: SourceGroup
  sources: Readonly<Record<string, readonly Source[]>>
  named: readonly Named[]
}

/** In every language, the first one first. */
const inAll = (text: (language: Language) => string): string =>
  [...new Set(Language.options.map(text))].join(' · ')
/** What was read stands in English pages: so do the titles here, once. */
const titled = ({ id, title }: { id: string; title: Record<Language, string> }): Named => ({
  id,
  name: title.en,
})

const GROUPS: readonly Group[] = [
  { group: 'hotlines', sources: lines, named: LINES },
  { group: 'rights', sources: scenes, named: [...SCENES, ...CHANGED].map(titled) },
  { group: 'steps', sources: steps, named: NEXT_STEPS.map(titled) },
  {
    group: 'consulates',
    sources: consulates,
    named: consulateCountries('en').flatMap(({ code }) => consulatesOf(code)),
  },
]

const word = (id: 'sources' | 'sources.undated' | `sources.${SourceGroup}`): string =>
  inAll((language) => wordsIn(language).t(id))

export const sourcesTitle = (): string => word('sources')

/** Every address at which something was read, once for all languages. */
export const SourcesPage = () => (
  <>
    {GROUPS.map(({ group, sources, named }) => (
      <section key={group} class="stack">
        <h2>{word(`sources.${group}`)}</h2>
        {named.map(({ id, name }) => (
          <div key={id} id={`${group}-${id}`} class="read small">
            <b>{name}</b>
            <ul>
              {(sources[id] ?? []).map(({ url, date }) => (
                <li key={url}>
                  <a href={url}>{siteOf(url)}</a> {date ?? '—'}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    ))}
  </>
)
