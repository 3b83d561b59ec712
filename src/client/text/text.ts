import { signal } from '@preact/signals'
import { type Messages, type Translate, translator } from '../../i18n/translate.ts'
import type { Language } from '../../protocol/fields.ts'

/** One catalog in the browser: only the language in use is loaded; who reads `t` is drawn again when it changes. */
export type Text<Id extends string> = {
  load(language: Language): Promise<void>
  isLoaded(): boolean
  /** The same catalog in another language than the page's, for what is written to somebody else. */
  in(language: Language): Promise<Translate<Id>>
  t: Translate<Id>
}

/** As Vite's glob of `…/{language}.json?lingui` gives it. */
export type Loaders = Record<string, () => Promise<unknown>>

const inUse = new Set<(language: Language) => Promise<void>>()

/** Every catalog that was loaded on this page, in another language. */
export const loadInUse = async (language: Language): Promise<void> => {
  await Promise.all([...inUse].map((load) => load(language)))
}

export const textOf = <Id extends string>(loaders: Loaders): Text<Id> => {
  const current = signal<Translate<Id> | null>(null)
  const inLanguage = async (language: Language): Promise<Translate<Id>> => {
    const entry = Object.entries(loaders).find(([path]) => path.endsWith(`/${language}.json`))
    if (entry === undefined) throw new Error('no such catalog')
    const { messages } = (await entry[1]()) as { messages: Messages<Id> }
    return translator(language, messages)
  }
  const load = async (language: Language): Promise<void> => {
    current.value = await inLanguage(language)
    inUse.add(load)
  }
  return {
    load,
    isLoaded: () => current.value !== null,
    in: inLanguage,
    t: (id, values) => current.value?.(id, values) ?? '',
  }
}
