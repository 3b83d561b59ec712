import { FRESH_GATE, type Gate, type GateAnswer, tryGate } from './gate.ts'

/**
 * The gate by network (`protocol.md §7.3.2`): who guesses from one network makes that network wait, and not the family on another.
 * Pure: no I/O, no clock.
 *
 * A lane is two bytes of a hash of the network: enough that the family is hardly ever in a guesser's lane, too little to tell
 * afterwards which network it was. Lanes are few, so that many networks do not add up to many guesses.
 */
export const LANES_MAX = 16
/** A network that has guessed keeps its lane for so long: else it would come back as one that never has. */
const LANE_KEPT_MS = 600_000
/** Where every lane is kept, the rest share one. */
const SHARED = 'rest'

/** By lane. None: nobody has guessed wrong since the last right word. */
export type Lanes = Readonly<Record<string, Gate>>
export const FRESH_LANES: Lanes = {}

/** Room for `lane`: among the kept ones, instead of one that has been quiet for long, or the shared one. */
const placeFor = (lanes: Lanes, lane: string, now: number): { lanes: Lanes; lane: string } => {
  if (Object.hasOwn(lanes, lane) || Object.keys(lanes).length < LANES_MAX) return { lanes, lane }
  const [idle] = Object.entries(lanes)
    .filter(([name, { waitUntil }]) => name !== SHARED && waitUntil + LANE_KEPT_MS <= now)
    .sort(([, a], [, b]) => a.waitUntil - b.waitUntil)
  if (idle === undefined) return { lanes, lane: SHARED }
  return { lanes: Object.fromEntries(Object.entries(lanes).filter(([name]) => name !== idle[0])), lane }
}

/**
 * One token from one lane. The right one opens and makes the whole gate forget.
 *
 * @param lane of the network it came from
 */
export const tryLane = (
  lanes: Lanes,
  lane: string,
  right: string,
  token: string,
  now: number,
): { lanes: Lanes; answer: GateAnswer } => {
  const place = placeFor(lanes, lane, now)
  const before = place.lanes[place.lane] ?? FRESH_GATE
  const { gate, answer } = tryGate(before, right, token, now)
  if (answer.kind === 'right') return { lanes: FRESH_LANES, answer }
  return { lanes: gate === before ? lanes : { ...place.lanes, [place.lane]: gate }, answer }
}
