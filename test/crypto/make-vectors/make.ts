import { cardCases, cardCodeCases } from './cards.ts'
import { contentCases } from './contents.ts'
import { hashCases, keyCases, stretchCases } from './keys.ts'
import { openingCases } from './openings.ts'
import { paddingCases, sealCases } from './seals.ts'
import { linkCases, recoveryCases, textCases, wordCases } from './texts.ts'

/** Every file of `test/vectors/`, as its text: always the same. */
export const makeVectors = (): Record<string, string> => {
  const files = {
    base64url: textCases(),
    'card-codes': cardCodeCases(),
    cards: cardCases(),
    contents: contentCases(),
    hashes: hashCases(),
    keys: keyCases(),
    links: linkCases(),
    openings: openingCases(),
    padding: paddingCases(),
    'recovery-words': recoveryCases(),
    seals: sealCases(),
    stretched: stretchCases(),
    words: wordCases(),
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, cases]) => [`${name}.json`, `${JSON.stringify(cases, null, 1)}\n`]),
  )
}
