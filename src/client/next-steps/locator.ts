/** What the search for a detained person wants, made of what a family has written down. Pure. */

const A_NUMBER = /^\s*A?[\s#:.-]*((?:\d[\s-]?){7,9})\s*$/i
const DIGITS = 9

/** Nine digits, zeros in front where there are fewer, as every look-up takes them; null where the text is something else. */
export const aNumberOf = (text: string): string | null => {
  const digits = A_NUMBER.exec(text)?.[1]?.replace(/\D/g, '')
  return digits === undefined ? null : digits.padStart(DIGITS, '0')
}

const PARTICLES = new Set([
  'de',
  'del',
  'la',
  'las',
  'los',
  'da',
  'das',
  'do',
  'dos',
  'san',
  'santa',
  'van',
  'von',
  'y',
])

/** Without accents: an officer's keyboard seldom has them. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}' -]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Words of a name; "de la Cruz" is one. */
const partsOf = (name: string): string[] => {
  const parts: string[] = []
  let begun = ''
  for (const word of name.split(' ').filter((one) => one !== '')) {
    begun = begun === '' ? word : `${begun} ${word}`
    if (PARTICLES.has(word.toLowerCase())) continue
    parts.push(begun)
    begun = ''
  }
  return begun === '' ? parts : [...parts, begun]
}

/** Two family names are written together, apart, with a hyphen, or one of them is left out. */
const variantsOf = (parts: readonly string[]): string[] => {
  if (parts.length < 2) return [...parts]
  return [parts.join(' '), ...parts, parts.join('-'), parts.join('')]
}

export type Spellings = { first: string[]; last: string[] }
const MAX = 10

/**
 * What to try in the two fields of the locator.
 * @param names as they stand in papers, the first one first: "Flores Núñez, María José" or in the order in which they are said
 */
export const spellingsOf = (names: readonly string[]): Spellings => {
  const first = new Set<string>()
  const last = new Set<string>()
  for (const name of names) {
    const [before = '', after] = name.split(',')
    const given = after === undefined ? partsOf(plain(before)) : partsOf(plain(after))
    // Of three words nobody knows whether the middle one is a second name or the first of two family names: both are tried.
    const family = after === undefined ? given.slice(given.length > 3 ? 2 : 1) : partsOf(plain(before))
    const own = after === undefined ? given.slice(0, given.length > 3 ? 2 : 1) : given
    for (const one of variantsOf(own)) first.add(one)
    if (after === undefined && given.length === 3) first.add(given.slice(0, 2).join(' '))
    for (const one of variantsOf(family)) last.add(one)
  }
  return { first: [...first].slice(0, MAX), last: [...last].slice(0, MAX) }
}

/** Several names in one field: one a line, or with a sign between them. A comma is part of a name. */
export const namesIn = (text: string): string[] =>
  text
    .split(/[\n;/]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
