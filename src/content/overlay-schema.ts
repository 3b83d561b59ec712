import * as z from 'zod/mini'
import { HotlineId } from '../protocol/fields.ts'
import { LineKind, OtherLine } from './hotline-schema.ts'
import { LibraryEntry } from './library-schema.ts'
import { Source } from './source.ts'

const sources = z.array(Source).check(z.minLength(1))

/** A line as a host adds it: whole, of any kind, with where its number comes from. */
export const OverlayLine = z.strictObject({ ...OtherLine.shape, kind: LineKind, sources })
export type OverlayLine = z.infer<typeof OverlayLine>

/** An entry of the library, likewise; it has no place on the community page. */
export const OverlayEntry = z.strictObject({ ...z.omit(LibraryEntry, { number: true }).shape, sources })
export type OverlayEntry = z.infer<typeof OverlayEntry>

/**
 * `content-overlay.json` at the top of the project, or the file that `AMPARO_CONTENT_OVERLAY` names. What has the id of an entry of ours replaces
 * it; another id adds. `hide`: ids of lines and of entries of the library that are not offered.
 */
export const Overlay = z.strictObject({
  hide: z.array(HotlineId),
  lines: z.array(OverlayLine),
  library: z.array(OverlayEntry),
})
export type Overlay = z.infer<typeof Overlay>
