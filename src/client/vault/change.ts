import type { Plan } from '../../protocol/plan.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { CommitAnswer } from '../../protocol/vault.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { ask, type Reply } from '../../queue/ask.ts'
import { exclusively } from '../device/lock.ts'
import { forgettings } from '../device/locked.ts'
import { findPlan, keepPlan, type PlanFound } from './plan-copy.ts'
import { forContacts, isEmpty, NO_PLAN } from './plan-rules.ts'
import { NO_PLANS, type Plans, sealCommit } from './seal-commit.ts'
import {
  credentialsOf,
  fail,
  fetchVault,
  type Opened,
  type Outcome,
  remember,
  type Trouble,
  troubleOf,
  vault,
} from './session.ts'
import { stretch } from './stretch.ts'

/** A change of the document. May be applied again to a newer one, so it takes what it needs from its argument. */
export type Change = (document: VaultDocument) => VaultDocument

const SENDS = 3

/** Sends one sealed commit; repeating it unchanged does no harm. */
export const sendCommit = async (request: object): Promise<Reply<CommitAnswer>> => {
  const body = JSON.stringify(request)
  let reply: Reply<CommitAnswer> = { kind: 'none' }
  for (let sends = 0; sends < SENDS && !isSettled(reply); sends += 1) {
    reply = await ask(ROUTES.commit, body, CommitAnswer)
  }
  return reply
}

const isSettled = (reply: Reply<CommitAnswer>): boolean =>
  reply.kind === 'answer' || (reply.kind === 'refusal' && reply.refusal.error !== 'try-again')

/** A change of the family's plan, on the same terms; of none, `NO_PLAN`. */
export type PlanChange = (plan: Plan, document: VaultDocument) => Plan

/**
 * Changes the vault, here and on the service, or not at all. One change after the other.
 * @param endCheckIns what is armed with a presser that the change takes away ends; else the service refuses it with `armed`
 */
export const changeVault = (
  change: Change,
  onProgress: (done: number) => void = () => undefined,
  endCheckIns = false,
): Promise<Outcome<Opened>> => exclusively('vault', () => changeNow(change, onProgress, { endCheckIns }))

/**
 * Changes the plan, and with it what comes with each letter that shows some of it.
 * @param onStored the service has it, and nothing on this page shows it yet
 */
export const changePlan = (
  changed: PlanChange,
  onProgress: (done: number) => void = () => undefined,
  onStored: () => void = () => undefined,
): Promise<Outcome<Opened>> =>
  exclusively('vault', () => changeNow((document) => document, onProgress, { plan: changed, onStored }))

/** A commit that changes nothing and brings practice letters for one drill; the next one leaves them out. */
export const commitPractice = (onProgress: (done: number) => void): Promise<Outcome<Opened>> =>
  exclusively('vault', () => changeNow((document) => document, onProgress, { practise: true }))

const noPlan = (kind: Exclude<PlanFound['kind'], 'plan'>): { ok: false } & Trouble => {
  if (kind === 'later') return { ok: false, trouble: 'refused', code: 'try-again' }
  return kind === 'newer' ? { ok: false, trouble: 'refused', code: 'conflict' } : fail(kind)
}

/**
 * The plan before and after. One that cannot be read stays as it is and keeps nothing else from being changed: only letters that are
 * sealed anew come without it.
 */
const plansFor = async ({ root, document }: Opened, changed: PlanChange | null): Promise<Outcome<Plans>> => {
  const found = await findPlan(root, document.plan, credentialsOf(root))
  if (found.kind === 'unreadable' && changed === null) return { ok: true, value: NO_PLANS }
  if (found.kind !== 'plan') return noPlan(found.kind)
  const before = found.plan
  if (changed === null) return { ok: true, value: { before, after: before } }
  const ids = document.contacts.map(({ id }) => id)
  const after = forContacts(changed(before ?? NO_PLAN, document), ids)
  return { ok: true, value: { before, after: isEmpty(after) ? null : after } }
}

/** The plan as it is stored. */
export const readPlan = async ({ root, document }: Opened): Promise<Outcome<Plan>> => {
  const found = await findPlan(root, document.plan, credentialsOf(root))
  return found.kind === 'plan' ? { ok: true, value: found.plan ?? NO_PLAN } : noPlan(found.kind)
}

type More = { practise?: boolean; plan?: PlanChange | null; onStored?: () => void; endCheckIns?: boolean }

const changeNow = async (
  change: Change,
  onProgress: (done: number) => void,
  { practise = false, plan = null, onStored, endCheckIns = false }: More = {},
): Promise<Outcome<Opened>> => {
  const opened = vault.value
  if (opened === null) return fail('none')
  const before = forgettings()
  let base = opened
  // A second device may have been first: its state is read, and the change made on top of that.
  for (let again = 0; again < 3; again += 1) {
    const plans = await plansFor(base, plan)
    if (plans.ok) {
      const sealed = await sealCommit(
        base.root,
        base.document,
        base.version,
        change(base.document),
        stretch,
        onProgress,
        null,
        practise,
        plans.value,
      )
      const reply = await sendCommit({ ...sealed.request, endCheckIns })
      if (forgettings() !== before) return fail('none')
      if (reply.kind === 'answer') {
        onStored?.()
        // Not the service's word: a version that it made up would make every true state look older.
        const next: Opened = { ...base, version: base.version + 1, document: sealed.document, fresh: true }
        const { plan: sealedPlan } = sealed.request
        if (sealedPlan !== null && sealedPlan !== 'keep') await keepPlan(next.version, sealedPlan)
        return { ok: true, value: await remember(next, sealed.request.document) }
      }
      if (reply.kind === 'none' || reply.refusal.error !== 'conflict') return troubleOf(reply)
    } else if (!isOutdated(plans)) return plans
    const fetched = await fetchVault(base.root, base.version)
    if (!fetched.ok) return fetched
    base = { ...base, version: fetched.value.version, document: fetched.value.document }
  }
  return { ok: false, trouble: 'refused', code: 'conflict' }
}

const isOutdated = (trouble: Trouble): boolean => trouble.trouble === 'refused' && trouble.code === 'conflict'
