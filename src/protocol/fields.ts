import * as z from 'zod/mini'
import { fromText, toText } from './bytes.ts'
import {
  ADDRESS_MAX_CHARS,
  CODE_DIGITS,
  ID_BYTES,
  KEY_BYTES,
  OWNER_NAME_MAX_CHARS,
  SECRET_BYTES,
  VERSION_MAX,
} from './limits.ts'

const charsOf = (bytes: number): number => Math.ceil((bytes * 4) / 3)
const isCanonical = (text: string): boolean => {
  try {
    return toText(fromText(text)) === text
  } catch {
    return false
  }
}

/** Exactly `length` bytes. */
export const bytes = (length: number) =>
  z.string().check(
    z.length(charsOf(length)),
    z.refine((text) => isCanonical(text)),
  )

/** From `min` to `max` bytes. */
export const blob = (min: number, max: number) =>
  z.string().check(
    z.minLength(charsOf(min)),
    z.maxLength(charsOf(max)),
    z.refine((text) => isCanonical(text)),
  )

export const Id = bytes(ID_BYTES)
export const Secret = bytes(SECRET_BYTES)
export const Key = bytes(KEY_BYTES)

export const integer = (min: number, max: number) => z.number().check(z.int(), z.gte(min), z.lte(max))
export const Version = integer(1, VERSION_MAX)
/** Milliseconds since 1970, by the server's clock. */
export const Instant = integer(0, 8_640_000_000_000)

/** When messages that wait are tried again, their provider taking none for now (`protocol.md §7.2`); null: none is held up so. */
export const HeldUntil = z.nullable(Instant)

export const line = (max: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(max),
    // No control, format (bidi included), separator or surrogate characters: what a person reads is what is there.
    z.regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u),
  )

/**
 * The one free text in a message: the name that the family knows. Letters, marks, spaces, hyphens, apostrophes, and a
 * point only at the end of a word ("Ma. José"), so that it cannot carry a link, an address or a number; nothing that cannot be
 * seen, no letters that look like points (Lisu tones), no towers of marks.
 */
export const OwnerName = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(OWNER_NAME_MAX_CHARS),
    z.regex(
      /^(?!.*[\p{Default_Ignorable_Code_Point}\uA4F8-\uA4FF])(?!.*\p{M}{3})\p{L}[\p{L}\p{M}]*(?:(?:[ '’\u2010-]|\. )[\p{L}][\p{L}\p{M}]*)*\.?$/u,
    ),
  )

/** An e-mail address, deliberately narrower than RFC 5321: no quoting, no comments, no white space, ASCII only. */
export const EmailAddress = z
  .string()
  .check(
    z.maxLength(ADDRESS_MAX_CHARS),
    z.regex(
      /^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
    ),
  )

/** What a mail carries and a page asks for. */
export const Code = z.string().check(z.regex(new RegExp(`^[0-9]{${CODE_DIGITS}}$`)))

export const Language = z.enum(['en', 'es'])
export type Language = z.infer<typeof Language>
export const HotlineId = z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), z.maxLength(64))

/** An IANA time zone, in which "when" is told to contacts. */
export const TimeZone = z
  .string()
  .check(
    z.maxLength(64),
    z.regex(/^[A-Za-z]+(?:[_+-][A-Za-z0-9]+)*(?:\/[A-Za-z0-9]+(?:[_+-][A-Za-z0-9]+)*)*$/),
  )
