import * as z from 'zod/mini'
import { line } from '../protocol/fields.ts'
import { LocalText } from './local-text.ts'

/** `officer` stays English in every language, because the officer reads it; `owner` says what it means. */
export const Statement = z.strictObject({
  id: z.string().check(z.regex(/^[a-z]+(?:-[a-z]+)*$/), z.maxLength(32)),
  officer: line(200),
  owner: LocalText,
})
export type Statement = z.infer<typeof Statement>

/** `rights.json`. `caution` belongs to every showing of the statements: they bind nobody who breaks the law. */
export const Rights = z.strictObject({
  statements: z.array(Statement).check(z.length(4)),
  caution: LocalText,
  notLegalAdvice: LocalText,
})
export type Rights = z.infer<typeof Rights>
