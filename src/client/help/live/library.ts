import type { EntryKind, Topic } from '../../../content/library-schema.ts'
import { makeSearch } from '../../../content/search.ts'
import { h } from '../../text/help-text.ts'
import { byId } from './element.ts'
import { speakAsPage } from './page-language.ts'

const chosen = (id: string): string | null => {
  const { value } = byId(id, HTMLSelectElement)
  return value === '' ? null : value
}

/** The page has every entry; a search puts them in order and hides the others. What is searched for stands in no address. */
export const start = async (): Promise<void> => {
  const language = await speakAsPage()
  const search = makeSearch(language, {
    topic: (topic) => h(`topic.${topic}`),
    kind: (kind) => h(`kind.${kind}`),
  })
  const list = byId('entries', HTMLElement)
  const form = byId('search', HTMLFormElement)
  const query = byId('query', HTMLInputElement)
  const cards = new Map(
    [...list.querySelectorAll<HTMLElement>('[data-found]')].map((card) => [
      card.dataset['found'] ?? '',
      card,
    ]),
  )
  const show = (): void => {
    const found = search.find(query.value, {
      topic: chosen('topic') as Topic | null,
      kind: chosen('kind') as EntryKind | null,
      language: chosen('language'),
      state: chosen('region'),
    })
    list.replaceChildren(...found.flatMap(({ id }) => cards.get(id) ?? []))
    byId('found', HTMLElement).textContent = h('library.found', { count: found.length })
  }
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', show)
  form.hidden = false
  show()
  // A link to an entry that a filter took out of the page must still lead to it.
  globalThis.addEventListener('hashchange', () => {
    const entry = decodeURIComponent(globalThis.location.hash.slice(1))
    if (entry === '' || document.getElementById(entry) !== null) return
    form.reset()
    show()
    document.getElementById(entry)?.scrollIntoView()
  })
}
