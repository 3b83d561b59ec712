import { dayOf, monthOf, type Used } from './quota.ts'

/** How many messages were accepted in this day and month of UTC. SQL only: no clock. */
export class Usage {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  add(count: number, now: number): void {
    this.#keep(now)
    this.#sql.exec('UPDATE used SET messages = messages + ?', count)
  }

  /** What the provider counts, others with the same account among it. An older answer takes nothing back. */
  hear(counted: { day: number | null; month: number | null }, now: number): void {
    if (counted.day === null && counted.month === null) return
    this.#keep(now)
    for (const [period, messages] of [
      [dayOf(now), counted.day],
      [monthOf(now), counted.month],
    ] as const) {
      if (messages === null) continue
      this.#sql.exec(
        'UPDATE used SET messages = max(messages, ?), counted_by_provider = 1 WHERE period = ?',
        ...[messages, period],
      )
    }
  }

  used(now: number): Used {
    const of = (period: string) =>
      this.#sql
        .exec<{ messages: number; counted: number }>(
          'SELECT messages, counted_by_provider AS counted FROM used WHERE period = ?',
          period,
        )
        .toArray()[0]
    const day = of(dayOf(now))
    return { day: day?.messages ?? 0, month: of(monthOf(now))?.messages ?? 0, countsDay: day?.counted === 1 }
  }

  /** This day and this month, and none before. */
  #keep(now: number): void {
    const periods = [dayOf(now), monthOf(now)]
    this.#sql.exec('DELETE FROM used WHERE period NOT IN (?, ?)', ...periods)
    for (const period of periods)
      this.#sql.exec(
        'INSERT OR IGNORE INTO used (period, messages, counted_by_provider) VALUES (?, 0, 0)',
        period,
      )
  }
}
