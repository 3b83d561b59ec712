import { toText } from '../../../../protocol/bytes.ts'
import { StepId } from '../../../../protocol/steps.ts'
import type { Wishes } from '../../../next-steps/ticks.ts'
import { link } from '../../first-request.ts'

/**
 * What this tab keeps of the list of steps, as it keeps the letter's key: a reload or a discarded tab loses no tick, and with the tab it goes.
 * Of another letter, or another alert, nothing is taken.
 */
const KEY = 'amparo/steps'

/** `pressedAt`: of the alert, null while the service has not said it. */
type Kept = { pressedAt: number | null; wishes: Wishes; role: string }
const NOTHING: Kept = { pressedAt: null, wishes: new Map(), role: '' }

export const readKept = (): Kept => {
  try {
    const [letter, pressedAt, wishes, role]: unknown[] = JSON.parse(
      globalThis.sessionStorage.getItem(KEY) ?? '[]',
    )
    if (link === null || letter !== toText(link.id) || !Array.isArray(wishes)) return NOTHING
    const taken = wishes.filter(
      (one): one is [string, boolean] =>
        Array.isArray(one) && StepId.safeParse(one[0]).success && typeof one[1] === 'boolean',
    )
    return {
      pressedAt: typeof pressedAt === 'number' ? pressedAt : null,
      wishes: new Map(taken),
      role: String(role),
    }
  } catch {
    return NOTHING
  }
}

export const writeKept = ({ pressedAt, wishes, role }: Kept): void => {
  try {
    if (link === null) return
    globalThis.sessionStorage.setItem(KEY, JSON.stringify([toText(link.id), pressedAt, [...wishes], role]))
  } catch {
    // It stays on the screen.
  }
}
