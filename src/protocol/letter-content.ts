import * as z from 'zod/mini'
import { HotlineId, Key, Language, line, OwnerName } from './fields.ts'
import { CONTACT_NAME_MAX_CHARS, LETTER_TEXT_MAX_CHARS, PHRASE_MAX_CHARS } from './limits.ts'

/** A letter's words. Line breaks and tabs are part of them. */
export const LetterText = z.string().check(z.minLength(1), z.maxLength(LETTER_TEXT_MAX_CHARS))

/** What the contact reads. `situation` is the situation root; a practice letter has none and says nothing private. */
export const Letter = z.strictObject({
  v: z.literal(1),
  from: OwnerName,
  to: line(CONTACT_NAME_MAX_CHARS),
  language: Language,
  text: LetterText,
  phrase: z.nullable(line(PHRASE_MAX_CHARS)),
  hotline: HotlineId,
  /** Who is asked first to call the hotline. */
  lead: z.nullable(z.strictObject({ you: z.boolean(), name: line(CONTACT_NAME_MAX_CHARS) })),
  situation: Key,
})
export type Letter = z.infer<typeof Letter>
export const PracticeLetter = z.strictObject({
  v: z.literal(1),
  from: OwnerName,
  language: Language,
  hotline: HotlineId,
})
export type PracticeLetter = z.infer<typeof PracticeLetter>
