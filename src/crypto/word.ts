import { WORD_MIN_CHARS } from '../protocol/limits.ts'

/**
 * The family word as it is stretched (`protocol.md §9.2`): case, accents, spaces and signs do not matter, the order of
 * words does. Normalising twice changes nothing.
 * @returns null if fewer than 4 characters are left
 */
export const normaliseWord = (text: string): string | null => {
  const word = text
    .normalize('NFKD')
    .toLowerCase()
    // Lower case makes a sigma final by what stands beside it, and what stands beside it is about to go.
    .replaceAll('ς', 'σ')
    // With the signs go the marks: accents that NFKD has taken off their letters.
    .replace(/[^\p{L}\p{N}]/gu, '')
  return word.length < WORD_MIN_CHARS ? null : word
}
