import { type ErrorCode, type Refusal, STATUS_OF } from '../protocol/codes.ts'

/** What a refusal says beside its code (`protocol.md §5`). */
export type RefusalDetails = Omit<Refusal, 'error'>

/** The one place where a refusal is made: objects return it, routes answer with it. */
export const refuse = (error: ErrorCode, details: RefusalDetails = {}): Refusal => ({ error, ...details })

export const isRefusal = (answer: object): answer is Refusal => 'error' in answer

export const statusOf = (refusal: Refusal): (typeof STATUS_OF)[ErrorCode] => STATUS_OF[refusal.error]

/** Carries a refusal out of a handler. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.error)
    this.refusal = refusal
  }
}
