import * as z from 'zod/mini'
import type { Language } from '../protocol/fields.ts'
import { line } from '../protocol/fields.ts'

/** A sentence in every language of the interface. */
export const LocalText = z.strictObject({ en: line(400), es: line(400) }) satisfies z.ZodMiniType<
  Record<Language, string>
>
export type LocalText = z.infer<typeof LocalText>

/** A paragraph, likewise. */
export const LongText = z.strictObject({ en: line(800), es: line(800) }) satisfies z.ZodMiniType<LocalText>
