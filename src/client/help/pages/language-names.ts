import type { Language } from '../../../protocol/fields.ts'

/** Names of languages in the page's own: "English, Spanish". A code that nobody has a name for stays a code. */
export const languageNames = (codes: readonly string[], language: Language): string => {
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const named = codes.map((code) => names.of(code) ?? code)
  return named.map((name) => name.charAt(0).toLocaleUpperCase(language) + name.slice(1)).join(', ')
}
