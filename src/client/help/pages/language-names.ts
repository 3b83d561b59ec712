import type { Language } from '../../../protocol/fields.ts'

/** Kept, because to make one takes longer than to draw the card that it is for. */
const kept = new Map<Language, Intl.DisplayNames>()
const namesIn = (language: Language): Intl.DisplayNames => {
  const names = kept.get(language) ?? new Intl.DisplayNames(language, { type: 'language' })
  kept.set(language, names)
  return names
}

/** Names of languages in the page's own: "English, Spanish". A code that nobody has a name for stays a code. */
export const languageNames = (codes: readonly string[], language: Language): string =>
  codes
    .map((code) => namesIn(language).of(code) ?? code)
    .map((name) => name.charAt(0).toLocaleUpperCase(language) + name.slice(1))
    .join(', ')
