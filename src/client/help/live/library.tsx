import type { EntryKind, Topic } from '../../../content/library-schema.ts'
import { type Found, makeSearch } from '../../../content/search.ts'
import { FoundCard } from '../pages/found-card.tsx'
import type { Words } from '../pages/words.ts'
import { button, byId } from './element.ts'
import { nodesOf, place } from './nodes.ts'
import { h, speakAsPage } from './page-words.ts'

const chosen = (id: string): string | null => {
  const { value } = byId(id, HTMLSelectElement)
  return value === '' ? null : value
}

/** More than these are drawn when they are asked for: to lay out all of them at each key stroke is felt on an old phone. */
const SHOWN = 8
/** As many as fill a phone's screen come with the key stroke, the others when the fingers rest. */
const AT_ONCE = 3
const REST_MS = 150

/** A card is made once, and put where a search wants it. */
const cards = new Map<string, Node[]>()
const cardOf = (found: Found, words: Words): Node[] => {
  const card = cards.get(found.id) ?? nodesOf(<FoundCard found={found} words={words} />)
  cards.set(found.id, card)
  return card
}

const moreButton = (count: number, onMore: () => void): HTMLButtonElement =>
  button(h('library.more', { count }), onMore)

/** What is searched for stays in the page: in no address, and on no server. */
export const start = async (): Promise<void> => {
  const words = await speakAsPage()
  const search = makeSearch(words.language, {
    topic: (topic) => h(`topic.${topic}`),
    kind: (kind) => h(`kind.${kind}`),
  })
  const form = byId('search', HTMLFormElement)
  const query = byId('query', HTMLInputElement)
  let rest: ReturnType<typeof setTimeout> | undefined
  const draw = (all: readonly Found[], shown: number, onMore: (() => void) | null): void =>
    place(byId('entries', HTMLElement), [
      ...all.slice(0, shown).flatMap((found) => cardOf(found, words)),
      ...(onMore !== null && all.length > shown ? [moreButton(all.length - shown, onMore)] : []),
    ])
  const show = (shown: number, atOnce = shown): void => {
    clearTimeout(rest)
    // One letter is the beginning of almost everything: it says nothing yet, and takes longest.
    const all = search.find(query.value.trim().length < 2 ? '' : query.value, {
      topic: chosen('topic') as Topic | null,
      kind: chosen('kind') as EntryKind | null,
      language: chosen('language'),
      state: chosen('region'),
    })
    const whole = (): void => draw(all, shown, () => show(all.length))
    if (atOnce < shown) {
      draw(all, atOnce, null)
      rest = setTimeout(whole, REST_MS)
    } else whole()
    byId('found', HTMLElement).textContent = h('library.found', { count: all.length })
  }
  /** A link to an entry leads to it, also to one that a search has left out. */
  const goToLinked = (): void => {
    const entry = globalThis.location.hash.slice(1)
    if (entry === '') return
    if (document.getElementById(entry) === null) {
      form.reset()
      show(Number.POSITIVE_INFINITY)
    }
    document.getElementById(entry)?.scrollIntoView()
  }
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', () => show(SHOWN, AT_ONCE))
  form.hidden = false
  show(SHOWN)
  goToLinked()
  // The first search of a page takes several times as long as the next one: nobody should wait for it with a finger on a key.
  for (const word of ['li', 'ab', 're']) setTimeout(() => search.find(word), 100)
  globalThis.addEventListener('hashchange', goToLinked)
}
