import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../env.ts'
import { KeyedHash } from '../keyed-hash.ts'
import { type Entry, judge, type Verdict } from './rules.ts'

const TABLE = `CREATE TABLE IF NOT EXISTS entries (
  vault TEXT PRIMARY KEY, until INTEGER NOT NULL, made INTEGER NOT NULL
)`

/**
 * Counts the new vaults of one network, or of one workshop code (`protocol.md §7.6`). Its name and what it keeps are hashes under a key that
 * only the object named `key` has: it is asked for them first.
 */
export class Doorkeeper extends DurableObject<Env> {
  /** @returns a hash of each text. Only of the object named `key`, so that there is one key */
  async hashes(texts: readonly string[]): Promise<string[]> {
    const hash = new KeyedHash(this.ctx.storage.sql)
    return texts.map((text) => hash.of(new TextEncoder().encode(text)))
  }

  /**
   * Lets a vault in, and counts it at once: who goes away before his vault is made has not got round the count.
   * @param until when it stops counting
   */
  async admit(vault: string, max: number, until: number): Promise<Verdict> {
    const now = Date.now()
    const verdict = this.ctx.storage.transactionSync(() => {
      const entries = this.#sql.exec<Entry>('SELECT vault, until FROM entries').toArray()
      const judged = judge(entries, vault, max, now)
      if (judged.kind === 'in' && judged.fresh) {
        this.#sql.exec('INSERT OR REPLACE INTO entries (vault, until, made) VALUES (?, ?, 0)', vault, until)
      }
      return judged
    })
    await this.#arm()
    return verdict
  }

  /** The vault is there: it counts, whatever others did in its name meanwhile. */
  async made(vault: string, until: number): Promise<void> {
    this.#sql.exec(
      `INSERT INTO entries (vault, until, made) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET made = 1`,
      ...[vault, until],
    )
    await this.#arm()
  }

  /** It was refused, and is not there: it does not count. */
  async release(vault: string): Promise<void> {
    this.#sql.exec('DELETE FROM entries WHERE vault = ? AND made = 0', vault)
  }

  /** Forgets what no longer counts, and in the end that it ever was. */
  override async alarm(): Promise<void> {
    this.#sql.exec('DELETE FROM entries WHERE until <= ?', Date.now())
    if (this.#first() === null) await this.ctx.storage.deleteAll()
    else await this.#arm()
  }

  get #sql(): SqlStorage {
    const { sql } = this.ctx.storage
    sql.exec(TABLE)
    return sql
  }

  #first(): number | null {
    return this.#sql.exec<{ at: number | null }>('SELECT min(until) AS at FROM entries').one().at
  }

  async #arm(): Promise<void> {
    const at = this.#first()
    if (at !== null && (await this.ctx.storage.getAlarm()) !== at) await this.ctx.storage.setAlarm(at)
  }
}
