import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

/** The part of a Durable Object's storage that the mailroom uses, on Node's own SQLite, in memory. */
export class Storage {
  readonly #database = new DatabaseSync(':memory:')
  readonly #prepared = new Map<string, { statement: StatementSync; reads: boolean }>()
  #depth = 0

  #prepare(query: string) {
    const known = this.#prepared.get(query)
    if (known !== undefined) return known
    const statement = this.#database.prepare(query)
    const prepared = { statement, reads: statement.columns().length > 0 }
    this.#prepared.set(query, prepared)
    return prepared
  }

  readonly sql = {
    exec: (query: string, ...values: SQLInputValue[]) => {
      // Several statements at once, as for making tables.
      if (values.length === 0 && query.includes(';')) {
        this.#database.exec(query)
        return { toArray: () => [], rowsWritten: 0 }
      }
      const { statement, reads } = this.#prepare(query)
      if (!reads) {
        const { changes } = statement.run(...values)
        return { toArray: () => [], rowsWritten: Number(changes) }
      }
      const rows = statement.all(...values)
      return {
        rowsWritten: 0,
        toArray: () => rows,
        one: () => {
          const [row] = rows
          if (row === undefined || rows.length > 1) throw new Error('not exactly one row')
          return row
        },
      }
    },
  }

  transactionSync = <T>(work: () => T): T => {
    const name = `level_${this.#depth}`
    this.#depth += 1
    this.#database.exec(`SAVEPOINT ${name}`)
    try {
      return work()
    } catch (error) {
      this.#database.exec(`ROLLBACK TO ${name}`)
      throw error
    } finally {
      this.#database.exec(`RELEASE ${name}`)
      this.#depth -= 1
    }
  }
}
