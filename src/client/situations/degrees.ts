import type { Position } from '../../protocol/situation.ts'

/** As every map takes it, in any language: `37.33874, -121.88525`. Five decimals are a metre. */
export const degreesOf = ({ lat, lon }: Position): string =>
  [lat, lon].map((millionths) => (millionths / 1_000_000).toFixed(5)).join(', ')
