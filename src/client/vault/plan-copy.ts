import { openPlan } from '../../crypto/plan.ts'
import { fromText } from '../../protocol/bytes.ts'
import { type Plan, PlanAnswer } from '../../protocol/plan.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { readPlanCache, writePlanCache } from '../device/records.ts'

/**
 * The plan as the document names it: from this phone, else from the service. `later`: it was not to be had this time. `newer`: another
 * device has changed it since the document was read, which is to be read again first.
 */
export type PlanFound =
  | { kind: 'plan'; plan: Plan | null }
  | { kind: 'no-line' | 'later' | 'newer' | 'unreadable' }

/**
 * @param version that the document names; null: there is none
 * @param credentials vault id and owner token
 */
export const findPlan = async (
  root: Uint8Array,
  version: number | null,
  credentials: { vault: string; token: string },
): Promise<PlanFound> => {
  if (version === null) return { kind: 'plan', plan: null }
  const cache = await readPlanCache()
  if (cache.kind === 'record' && cache.record.version === version) {
    const plan = openPlan(root, version, fromText(cache.record.sealed))
    if (plan !== null) return { kind: 'plan', plan }
  }
  const reply = await ask(ROUTES.plan, JSON.stringify(credentials), PlanAnswer)
  if (reply.kind === 'none') return { kind: 'no-line' }
  if (reply.kind === 'refusal') return { kind: 'later' }
  const found = reply.answer.plan
  if (found !== null && found.version > version) return { kind: 'newer' }
  const plan = found === null ? null : openPlan(root, version, fromText(found.sealed))
  if (found === null || plan === null) return { kind: 'unreadable' }
  await keepPlan(version, found.sealed)
  return { kind: 'plan', plan }
}

/** For the next time, also without a line. */
export const keepPlan = (version: number, sealed: string): Promise<void> =>
  writePlanCache({ v: 1, version, sealed }).catch(() => undefined)
