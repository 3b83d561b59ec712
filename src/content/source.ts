import * as z from 'zod/mini'

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exactly as the source says it. */
export const PartialDate = z
  .string()
  .check(z.regex(/^20\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/))

/** A day on which somebody made sure: `YYYY-MM-DD`. */
export const Day = z.string().check(z.regex(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/))

/** `http` or `https`, a host with a dot in it and no name or password before it, no port. */
export const WebAddress = z
  .string()
  .check(
    z.maxLength(400),
    z.regex(/^https?:\/\/(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)+[a-zA-Z]{2,}(?:[/?#][^\s"<>]*)?$/),
  )

/** Where a statement was read. `date` is the page's own, null where it has none. */
export const Source = z.strictObject({ url: WebAddress, date: z.nullable(PartialDate) })
export type Source = z.infer<typeof Source>

export const Confidence = z.enum(['high', 'medium', 'low'])
export type Confidence = z.infer<typeof Confidence>

/** `*-sources.json`: by the id of what they support. Files of their own, so that no phone has to load them. */
export const Sources = z.record(z.string(), z.array(Source).check(z.minLength(1)))
export type Sources = z.infer<typeof Sources>
