import { locale } from '../text/language.ts'

/** Names in a sentence: "Wallet, Bag and Car". */
export const listOf = (names: readonly string[]): string => {
  try {
    return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)
  } catch {
    // Not in every browser.
    return names.join(', ')
  }
}
