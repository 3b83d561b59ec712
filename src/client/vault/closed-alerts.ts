import type { DrillSummary } from '../../protocol/drill.ts'
import type { AlertSummary } from '../../protocol/vault.ts'

/**
 * What the keys must have rolled after: every alert that the service lists, and the newest drill whose messages are out. One drill is
 * enough, since whatever an older one has shown, the roll after a newer one takes back. At most 20, as many as the document keeps: a
 * list that did not fit there would roll at every opening. Pure.
 */
const KEPT = 20

export const closedBy = (
  alerts: readonly Pick<AlertSummary, 'alert'>[],
  drills: readonly Pick<DrillSummary, 'drill' | 'settled' | 'startedAt'>[],
): string[] => {
  const [drill] = drills.filter(({ settled }) => settled).sort((a, b) => b.startedAt - a.startedAt)
  return [
    ...(drill === undefined ? [] : [drill.drill]),
    ...alerts.map(({ alert }) => alert).slice(0, KEPT - 1),
  ]
}
