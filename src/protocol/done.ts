import * as z from 'zod/mini'

/** The answer to what is only to be done. */
export const DoneAnswer = z.strictObject({ ok: z.literal(true) })
export type DoneAnswer = z.infer<typeof DoneAnswer>
