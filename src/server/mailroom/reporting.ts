import type { Env } from '../env.ts'
import { log } from '../log.ts'
import { withTimeout } from '../timeout.ts'
import { backoffMs } from './backoff.ts'
import type { Report } from './posting.ts'
import type { PendingReport, Reports } from './reports.ts'

const AT_ONCE = 100
const LEASE_MS = 30_000

/** Tells the vaults how their deliveries stand, until each has acknowledged. */
export class Reporting {
  readonly #vaults: Env['VAULT']
  readonly #reports: Reports
  readonly #random: () => number

  constructor(vaults: Env['VAULT'], reports: Reports, random: () => number) {
    this.#vaults = vaults
    this.#reports = reports
    this.#random = random
  }

  async run(now: number): Promise<void> {
    const byVault = new Map<string, PendingReport[]>()
    for (const report of this.#reports.due(now, AT_ONCE)) {
      byVault.set(report.vault, [...(byVault.get(report.vault) ?? []), report])
      this.#reports.putOff(report, now + LEASE_MS + backoffMs(report.attempts + 1, null, this.#random()))
    }
    await Promise.all([...byVault].map(([vault, pending]) => this.#tell(vault, pending)))
  }

  async #tell(vault: string, pending: readonly PendingReport[]): Promise<void> {
    const reports: Report[] = pending.map(({ delivery, state, reason, at }) => ({
      delivery,
      state,
      reason,
      at,
    }))
    try {
      const stub = this.#vaults.get(this.#vaults.idFromName(vault))
      await withTimeout(stub.report(reports))
      for (const report of reports) this.#reports.acknowledge(report)
    } catch {
      log('report-not-taken', reports.length)
    }
  }
}
