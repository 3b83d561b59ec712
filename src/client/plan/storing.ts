import { effect, signal } from '@preact/signals'
import type { Plan } from '../../protocol/plan.ts'
import type { SectionDraft } from '../device/draft.ts'
import { changePlan, readPlan } from '../vault/change.ts'
import { fullness } from '../vault/plan-rules.ts'
import { fail, type Opened, type Outcome, vault } from '../vault/session.ts'
import { afterStoring, seenFrom, stillToStore } from './drafts.ts'
import { keepLeft, readDrafts } from './kept-drafts.ts'
import { isInConflict, withDrafts } from './merge.ts'

/** `full`: it does not fit, and nothing was stored. */
export type Stored = 'stored' | 'full'

/** What commits of this page have brought, for a section that is still being typed; gone when the app is locked. */
export const brought = signal<readonly SectionDraft[]>([])
effect(() => {
  if (vault.value === null) brought.value = []
})

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
  let fits = sent
  const changed = (plan: Plan): Plan => {
    fits = sent.filter((draft) => !isInConflict(plan, draft))
    return change(withDrafts(plan, sent, now))
  }
  const known = await readPlan(before)
  if (known.ok) {
    const next = changed(known.value)
    if (next === known.value) {
      await keepLeft(before.root, (kept) => stillToStore(known.value, kept))
      return { ok: true, value: 'stored' }
    }
    if (fullness(next) > 1) return { ok: true, value: 'full' }
  }
  const outcome = await changePlan(changed, onProgress, () => {
    if (vault.value !== null) brought.value = [...brought.value, ...fits]
  })
  if (!outcome.ok) return outcome
  const after = await readPlan(outcome.value)
  if (!after.ok) return after
  const { root } = outcome.value
  await keepLeft(root, (kept) => afterStoring(after.value, kept, fits))
  return { ok: true, value: 'stored' }
}

/** What was typed and left, on a page that is there no more. */
export const storeLeft = async (): Promise<void> => {
  await storePlan(
    (plan) => plan,
    () => undefined,
  )
}

export type Known = {
  plan: Plan
  drafts: SectionDraft[]
}

export const readKnown = async (opened: Opened): Promise<Outcome<Known>> => {
  const found = await readPlan(opened)
  if (!found.ok) return found
  const plan = found.value
  const drafts = (await readDrafts(opened.root)).map((draft) => seenFrom(plan, draft, brought.value))
  return { ok: true, value: { plan, drafts: stillToStore(plan, drafts) } }
}
