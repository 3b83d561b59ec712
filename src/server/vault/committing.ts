import { toText } from '../../protocol/bytes.ts'
import type { CommitRequest } from '../../protocol/vault.ts'
import { hashOf } from '../hash.ts'
import { cardKey, documentKey, letterKey, planKey, putSealed, shareKey } from '../kv.ts'
import { log } from '../log.ts'
import type { AlertStore } from './alert-store.ts'
import type { CardStore } from './card-store.ts'
import type { CheckInStore } from './check-in-store.ts'
import type { CommitGround } from './commit-rules.ts'
import type { ContactStore } from './contact-store.ts'
import type { CoreStore } from './core-store.ts'
import type { DeliveryStore } from './delivery-store.ts'
import type { DrillStore } from './drill-store.ts'
import type { LetterStore } from './letter-store.ts'
import type { OnItStore } from './on-it-store.ts'
import type { PlanStore } from './plan-store.ts'
import type { PresserStore } from './presser-store.ts'
import type { PushStore } from './push-store.ts'
import type { StepStore } from './step-store.ts'
import type { StopLinks } from './stop-links.ts'

/** The steps of a commit around its judgement. KV is written between two transactions; only the second makes it count. */
export type Stores = {
  core: CoreStore
  cards: CardStore
  alerts: AlertStore
  deliveries: DeliveryStore
  letters: LetterStore
  contacts: ContactStore
  onIt: OnItStore
  stopLinks: StopLinks
  pushes: PushStore
  drills: DrillStore
  made: PresserStore
  checkIns: CheckInStore
  plans: PlanStore
  steps: StepStore
}

/** A commit that has not come to its end by then has failed: what it wrote to KV is swept. */
export const COMMIT_MAX_MS = 600_000
/** A press sent again must be known for longer than the oldest press that is taken. */
export const PRUNE_AFTER_MS = 62 * 86_400_000
/** How long replaced bytes stay, for a reader that was just pointed to them. */
export const RETIRED_MS = 60_000

/** The KV keys of one attempt. */
export type Placed = {
  document: string
  letters: ReadonlyMap<string, string>
  /** Of letters that a part of the plan comes with. */
  shares: ReadonlyMap<string, string>
  /** Null where the plan stays, or goes. */
  plan: string | null
}

export const groundOf = ({
  core,
  letters,
  plans,
}: Pick<Stores, 'core' | 'letters' | 'plans'>): CommitGround | null => {
  const vault = core.vault()
  return vault === null
    ? null
    : {
        version: vault.version,
        lastCommit: vault.lastCommit,
        current: letters.currentIds(),
        currentReleased: letters.currentReleasedIds(),
        released: letters.countSupersededReleased(),
        hasPlan: plans.plan() !== null,
      }
}

export const placeOf = (request: CommitRequest): Placed => {
  const { vault, commit, base } = request
  const attempt = {
    vault,
    commit,
    version: base + 1,
    attempt: toText(crypto.getRandomValues(new Uint8Array(16))),
  }
  return {
    document: documentKey(attempt),
    letters: new Map(request.letters.map(({ id }) => [id, letterKey(attempt, id)])),
    shares: new Map(
      request.letters.filter(({ share }) => share !== null).map(({ id }) => [id, shareKey(attempt, id)]),
    ),
    plan: newPlanOf(request) === null ? null : planKey(attempt),
  }
}

/** A plan that this commit brings. */
const newPlanOf = ({ plan }: CommitRequest): string | null => (plan === 'keep' ? null : plan)

export const keysOf = ({ document, letters, shares, plan }: Placed): string[] => [
  document,
  ...letters.values(),
  ...shares.values(),
  ...(plan === null ? [] : [plan]),
]

/** @returns false if KV could not: then nothing counts, and the alarm sweeps. KV's own words may name keys, and go nowhere */
export const writeSealed = async (
  kv: KVNamespace,
  request: CommitRequest,
  placed: Placed,
): Promise<boolean> => {
  const letters = request.letters.map(({ id, sealed }) => putSealed(kv, placed.letters.get(id) ?? '', sealed))
  const shares = request.letters.flatMap(({ id, share }) =>
    share === null ? [] : [putSealed(kv, placed.shares.get(id) ?? '', share)],
  )
  const plan = newPlanOf(request)
  const puts = await Promise.allSettled([
    putSealed(kv, placed.document, request.document),
    ...letters,
    ...shares,
    ...(plan === null || placed.plan === null ? [] : [putSealed(kv, placed.plan, plan)]),
  ])
  const failed = puts.filter(({ status }) => status === 'rejected').length
  if (failed > 0) log('kv-put-failed', failed)
  return failed === 0
}

/**
 * The one transaction in which the vault becomes the new version.
 * @returns the alerts that nobody is on any more, since who was is no contact now
 */
export const switchTo = (
  stores: Stores,
  request: CommitRequest,
  placed: Placed,
  now: number,
): readonly string[] => {
  const { core, cards, alerts, letters, contacts, stopLinks, pushes, plans, onIt } = stores
  const version = request.base + 1
  const before = core.vault()
  if (before !== null) core.retireKey(before.documentKey, now + RETIRED_MS)
  core.setVault({
    id: request.vault,
    tokenHash: hashOf(request.token),
    version,
    lastCommit: request.commit,
    documentKey: placed.document,
  })
  core.setPressers(request.pressers)
  for (const lookup of cards.dropRevoked()) core.retireKey(cardKey(lookup), now)
  contacts.set(request.contacts, version)
  if (contacts.dropped().length > 0) core.setDue('forget', now)
  stopLinks.dropUnneeded()
  pushes.dropUnneeded()
  alerts.setRoster(version, request.roster)
  letters.supersede(new Set(request.keep))
  for (const { id, receipt, locks } of request.letters) {
    letters.add({ id, version, key: placed.letters.get(id) ?? '', receipt, locks })
    const share = placed.shares.get(id)
    if (share !== undefined) plans.addShare({ letter: id, version, key: share })
  }
  if (request.plan !== 'keep') {
    const old = plans.replace(placed.plan === null ? null : { version, key: placed.plan })
    if (old !== null) core.retireKey(old, now + RETIRED_MS)
  }
  const alone = onIt.dropRemoved()
  dropUnneeded(stores, now)
  return alone
}

/** Forgets what nothing names any more. Letters, and who has left, stay while a press may still need to know. */
export const dropUnneeded = (
  {
    core,
    alerts,
    letters,
    contacts,
    plans,
    steps,
  }: Pick<Stores, 'core' | 'alerts' | 'letters' | 'contacts' | 'plans' | 'steps'>,
  now: number,
): void => {
  const vault = core.vault()
  if (vault === null) return
  alerts.dropSpentHolds()
  alerts.dropOldRosters(vault.version)
  steps.dropUnneeded()
  if (!alerts.hasHolds()) {
    for (const key of [...letters.dropUnneeded(), ...plans.dropUnneeded()])
      core.retireKey(key, now + RETIRED_MS)
    contacts.dropOldDepartures()
  }
  core.setDue('sweep', nextSweepAt({ core, alerts }))
}

/** When the alarm has something to sweep up: bytes in KV, or rows that are too old. */
export const nextSweepAt = ({ core, alerts }: Pick<Stores, 'core' | 'alerts'>): number | null => {
  const times = [core.nextSweepAt(COMMIT_MAX_MS), alerts.nextPruneAt(PRUNE_AFTER_MS)].filter(
    (at) => at !== null,
  )
  return times.length === 0 ? null : Math.min(...times)
}
