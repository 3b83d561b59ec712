import type { Plan } from '../../protocol/plan.ts'
import { fullness } from '../vault/plan-rules.ts'
import { changePlan, fail, type Opened, type Outcome, readPlan, vault } from '../vault/session.ts'
import { afterStoring, stillToStore } from './drafts.ts'
import { keepLeft, readDrafts } from './kept-drafts.ts'
import { withDrafts } from './merge.ts'

/** `full`: it does not fit, and nothing was stored. */
export type Stored = 'stored' | 'full'

/**
 * Brings to the service what was typed, and a further change of the plan with it. What another phone has changed too stays a draft.
 * Nothing is dropped from the phone before the service has it.
 */
export const storePlan = async (
  change: (plan: Plan) => Plan,
  onProgress: (done: number) => void,
): Promise<Outcome<Stored>> => {
  const before = vault.value
  if (before === null) return fail('none')
  const sent = await readDrafts(before.root)
  const now = Date.now()
  const changed = (plan: Plan): Plan => change(withDrafts(plan, sent, now))
  const known = await readPlan(before)
  if (known.ok) {
    const next = changed(known.value)
    if (next === known.value) {
      await keepLeft(before.root, stillToStore(known.value, sent))
      return { ok: true, value: 'stored' }
    }
    if (fullness(next) > 1) return { ok: true, value: 'full' }
  }
  const outcome = await changePlan(changed, onProgress)
  if (!outcome.ok) return outcome
  const after = await readPlan(outcome.value)
  if (!after.ok) return after
  const { root } = outcome.value
  await keepLeft(root, afterStoring(after.value, await readDrafts(root), sent, now))
  return { ok: true, value: 'stored' }
}

export type Known = {
  plan: Plan
  drafts: ReturnType<typeof stillToStore>
}

export const readKnown = async (opened: Opened): Promise<Outcome<Known>> => {
  const found = await readPlan(opened)
  if (!found.ok) return found
  return {
    ok: true,
    value: { plan: found.value, drafts: stillToStore(found.value, await readDrafts(opened.root)) },
  }
}
