import * as z from 'zod/mini'
import { HotlineId } from '../protocol/fields.ts'
import { Consulate } from './consulates-schema.ts'
import { LineKind, OtherLine } from './hotline-schema.ts'
import { LibraryEntry } from './library-schema.ts'
import { LocalText } from './local-text.ts'
import { NextStep } from './next-steps-schema.ts'
import { Source } from './source.ts'

const sources = z.array(Source).check(z.minLength(1))

/** A line as a host adds it: whole, of any kind, with where its number comes from. */
export const OverlayLine = z.strictObject({ ...OtherLine.shape, kind: LineKind, sources })
export type OverlayLine = z.infer<typeof OverlayLine>

/** An entry of the library, likewise; it has no place on the community page. */
export const OverlayEntry = z.strictObject({ ...z.omit(LibraryEntry, { number: true }).shape, sources })
export type OverlayEntry = z.infer<typeof OverlayEntry>

/** A next step, likewise. */
export const OverlayStep = z.strictObject({ ...NextStep.shape, sources })
export type OverlayStep = z.infer<typeof OverlayStep>

/** A consulate, likewise. `countryName`: of a country that our list does not name; else null. */
export const OverlayConsulate = z.strictObject({
  ...Consulate.shape,
  countryName: z.nullable(LocalText),
  sources,
})
export type OverlayConsulate = z.infer<typeof OverlayConsulate>

/**
 * `content-overlay.json` at the top of the project, or the file that `AMPARO_CONTENT_OVERLAY` names. What has the id of an entry of ours replaces
 * it; another id adds. `hide`: ids of lines, entries of the library, steps and consulates that are not offered.
 */
export const Overlay = z.strictObject({
  hide: z.array(HotlineId),
  lines: z.array(OverlayLine),
  library: z.array(OverlayEntry),
  steps: z.optional(z.array(OverlayStep)),
  consulates: z.optional(z.array(OverlayConsulate)),
})
export type Overlay = z.infer<typeof Overlay>
