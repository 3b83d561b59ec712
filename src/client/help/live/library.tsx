import { render } from 'preact'
import type { EntryKind, Topic } from '../../../content/library-schema.ts'
import { type Found, makeSearch } from '../../../content/search.ts'
import { FoundCard } from '../pages/found-card.tsx'
import type { Words } from '../pages/words.ts'
import { byId } from './element.ts'
import { h, speakAsPage } from './page-words.ts'

const chosen = (id: string): string | null => {
  const { value } = byId(id, HTMLSelectElement)
  return value === '' ? null : value
}

const Results = ({ all, words }: { all: readonly Found[]; words: Words }) => (
  <>
    {all.map((found) => (
      <FoundCard key={found.id} found={found} words={words} />
    ))}
  </>
)

/** What is searched for stays in the page: in no address, and on no server. */
export const start = async (): Promise<void> => {
  const words = await speakAsPage()
  const search = makeSearch(words.language, {
    topic: (topic) => h(`topic.${topic}`),
    kind: (kind) => h(`kind.${kind}`),
  })
  const form = byId('search', HTMLFormElement)
  const query = byId('query', HTMLInputElement)
  const show = (): void => {
    const all = search.find(query.value, {
      topic: chosen('topic') as Topic | null,
      kind: chosen('kind') as EntryKind | null,
      language: chosen('language'),
      state: chosen('region'),
    })
    render(<Results all={all} words={words} />, byId('entries', HTMLElement))
    byId('found', HTMLElement).textContent = h('library.found', { count: all.length })
  }
  /** A link to an entry leads to it, also to one that a search has left out. */
  const goToLinked = (): void => {
    const entry = globalThis.location.hash.slice(1)
    if (entry === '') return
    if (document.getElementById(entry) === null) {
      form.reset()
      show()
    }
    document.getElementById(entry)?.scrollIntoView()
  }
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', show)
  form.hidden = false
  show()
  goToLinked()
  globalThis.addEventListener('hashchange', goToLinked)
}
