import * as z from 'zod/mini'
import file from './block-list.json'
import { Phone } from './hotline-schema.ts'
import { LocalText } from './local-text.ts'
import { Confidence, PartialDate, WebAddress } from './source.ts'

/**
 * Numbers that are offered nowhere, the enforcement agency's own tip line first. A file of its own, so that a phone that
 * only looks up hotlines need not load it.
 */
export const BlockList = z
  .array(
    z.strictObject({
      phone: Phone,
      why: LocalText,
      source: WebAddress,
      sourceDate: z.nullable(PartialDate),
      confidence: Confidence,
    }),
  )
  .check(z.minLength(1))
export type BlockList = z.infer<typeof BlockList>

const KEYPAD = ['', '', 'abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']
const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code))

/** Decimal digits of every script stand in runs of ten, in order. */
const decimalOf = (digit: string): number => {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (isDigit(zero - 1)) zero--
  return (code - zero) % 10
}

/** The digits that a phone would dial for `text`: digits of any script, letters by the keypad, nothing else. */
const dialled = (text: string): string =>
  [...text.normalize('NFKD').toLowerCase()]
    .map((sign) => {
      if (/\p{Nd}/u.test(sign)) return decimalOf(sign)
      const key = KEYPAD.findIndex((letters) => letters.includes(sign))
      return key === -1 ? '' : key
    })
    .join('')

/**
 * Is this number on the block list, however it is written: separators, a country code, letters of the keypad, full-width
 * digits, words around it? In doubt it refuses.
 *
 * @returns why it is refused, in plain words, or null
 */
export const refuseBlocked = (number: string): LocalText | null => {
  const digits = dialled(number)
  return file.find(({ phone }) => digits.includes(phone.slice(2)))?.why ?? null
}
