import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** All that a running server has on its disk: KV, both Durable Objects, what the platform notes beside them, and the raw files. */
export type Row = Record<string, string | number | bigint | Uint8Array | null>
export type Tables = Record<string, Row[]>

export type Disk = {
  /** By KV key. */
  kv: Map<string, Buffer>
  /** Live rows by table; null where the object has none. */
  vault: Tables | null
  mailroom: Tables | null
  /** The mailroom of text messages. */
  texts: Tables | null
  /** All of them: one a network, one with the key of their names. */
  doorkeepers: Tables[]
  /** What the platform keeps by itself: whom to wake when, counters by network. */
  platform: Tables[]
  /** Every file, write-ahead logs included, byte for byte: erased rows may still stand in them. */
  files: Buffer[]
}

/** Live rows, the runtime's own bookkeeping included. */
const tablesOf = (file: string): Tables => {
  // Alarms are in nanoseconds.
  const database = new DatabaseSync(file, { readBigInts: true })
  try {
    const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
    return Object.fromEntries(
      names.map(({ name }) => [String(name), database.prepare(`SELECT * FROM "${name}"`).all() as Row[]]),
    )
  } finally {
    database.close()
  }
}

const isDatabase = (path: string): boolean => path.endsWith('.sqlite')
const isMetadata = (path: string): boolean => basename(path) === 'metadata.sqlite'

const isOfTexts = (tables: Tables): boolean => 'text_room' in tables

const merged = (all: readonly Tables[]): Tables | null => {
  const filled = all.filter((tables) => Object.keys(tables).some((name) => !name.startsWith('_cf_')))
  if (filled.length > 1) throw new Error('one vault and one mailroom are expected')
  return filled[0] ?? null
}

const read = async (folder: string): Promise<Disk> => {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  // Before SQLite opens them: it takes write-ahead logs in, and removes them.
  const files = await Promise.all(paths.map((path) => readFile(path)))
  const under = (part: string) => paths.filter((path) => path.includes(part) && isDatabase(path))
  const objects = (part: string) => under(part).filter((path) => !isMetadata(path))
  const kv = new Map<string, Buffer>()
  for (const { _mf_entries: entries = [] } of objects('/miniflare-KVNamespaceObject/').map(tablesOf)) {
    for (const { key, blob_id: blob } of entries) {
      const path = paths.find((one) => basename(one) === blob)
      if (path === undefined) throw new Error('a KV entry without its value')
      kv.set(String(key), await readFile(path))
    }
  }
  const rooms = objects('/do/-Mailroom/').map(tablesOf)
  const platform = [...under('/miniflare-RateLimiterObject/'), ...under('/do/').filter(isMetadata)]
  return {
    kv,
    vault: merged(objects('/do/-Vault/').map(tablesOf)),
    mailroom: merged(rooms.filter((tables) => !isOfTexts(tables))),
    texts: merged(rooms.filter(isOfTexts)),
    doorkeepers: objects('/do/-Doorkeeper/').map(tablesOf),
    platform: platform.map(tablesOf),
    files,
  }
}

const TRIES = 5

/** Takes a copy, and reads that: the server goes on meanwhile. */
export const dumpDisk = async (persistTo: string): Promise<Disk> => {
  for (let tries = 1; ; tries += 1) {
    const copy = await mkdtemp(join(tmpdir(), 'amparo-dump-'))
    try {
      await cp(persistTo, copy, { recursive: true })
      return await read(copy)
    } catch (error) {
      // A file that changed while it was copied.
      if (tries === TRIES) throw error
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  }
}

/** Everything that a stopped server has written down happened `ms` earlier: so time passes without waiting. */
export const age = async (persistTo: string, object: 'Vault' | 'Mailroom', ms: number): Promise<void> => {
  const folder = join(persistTo, 'do', `-${object}`)
  for (const name of await readdir(folder)) {
    if (!isDatabase(name) || isMetadata(name)) continue
    const database = new DatabaseSync(join(folder, name))
    const columns = database
      .prepare(
        `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND (c.name = 'at' OR c.name LIKE '%\\_at' ESCAPE '\\')`,
      )
      .all()
    for (const { table, column } of columns) {
      database.prepare(`UPDATE "${table}" SET "${column}" = "${column}" - ?`).run(ms)
    }
    database.close()
  }
}
