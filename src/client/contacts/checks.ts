import { normaliseWord } from '../../crypto/word.ts'
import { EmailAddress, line, OwnerName } from '../../protocol/fields.ts'
import {
  CONTACT_NAME_MAX_CHARS,
  HINT_MAX_CHARS,
  LETTER_TEXT_MAX_CHARS,
  PHRASE_MAX_CHARS,
  WORD_MAX_CHARS,
} from '../../protocol/limits.ts'
import { isPlainName } from '../../protocol/plain-name.ts'
import { s } from '../text/setup-text.ts'

/** What is wrong with what a person typed, in a sentence, or null. Both the form and the vault's schema hold. */
export const tidy = (text: string): string =>
  // Keyboards and copied text bring characters that nobody sees.
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()

export const ownerNameProblem = (name: string): string | null => {
  if (tidy(name) === '') return s('check.name.empty')
  if (!OwnerName.safeParse(tidy(name)).success) return s('check.name.signs')
  return isPlainName(tidy(name)) ? null : s('check.name.plain')
}

export const contactNameProblem = (name: string): string | null =>
  line(CONTACT_NAME_MAX_CHARS).safeParse(tidy(name)).success ? null : s('check.contact')

export const emailProblem = (email: string): string | null =>
  EmailAddress.safeParse(email.trim()).success ? null : s('check.email')

/** Without an address nothing is sent; the contact may say one, or the invitation alone opens the letter. */
export const optionalEmailProblem = (email: string): string | null =>
  email.trim() === '' ? null : emailProblem(email)

export const emailOf = (email: string): string | null => email.trim() || null

export const isNone = (text: string): boolean => tidy(text) === ''

export const wordProblem = (word: string): string | null =>
  line(WORD_MAX_CHARS).safeParse(tidy(word)).success && normaliseWord(word) !== null ? null : s('check.word')

/** A hint that says the word would open the letter to whoever reads the mail. */
export const hintProblem = (hint: string, word: string): string | null => {
  if (tidy(hint) === '') return null
  if (!line(HINT_MAX_CHARS).safeParse(tidy(hint)).success) return s('check.hint')
  const plainHint = normaliseWord(hint)
  const plainWord = normaliseWord(word)
  return plainHint !== null && plainWord !== null && plainHint.includes(plainWord)
    ? s('check.hint.word')
    : null
}

export const letterProblem = (text: string): string | null => {
  if (text.trim() === '') return s('check.letter.empty')
  return text.length <= LETTER_TEXT_MAX_CHARS ? null : s('check.letter.long', { max: LETTER_TEXT_MAX_CHARS })
}

export const phraseProblem = (phrase: string): string | null =>
  tidy(phrase) === '' || line(PHRASE_MAX_CHARS).safeParse(tidy(phrase)).success ? null : s('check.phrase')
