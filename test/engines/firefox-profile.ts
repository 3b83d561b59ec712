import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Chunk, unsnap } from '../browser/support/profile.ts'

/**
 * Everything in a Firefox profile on disk: each file as it lies there, also its journals and what was erased and not overwritten, and
 * beside it whatever Firefox has packed: values of its databases (Snappy), bodies of caches (Snappy in frames), sessions (LZ4).
 */

/** LZ4's block format, after the length that Firefox puts in front. */
const unpackSession = (file: Buffer): Buffer => {
  const output = Buffer.alloc(file.readUInt32LE(8))
  let at = 12
  let to = 0
  const longer = (length: number): number => {
    let whole = length
    if (length < 15) return whole
    for (let more = 255; more === 255; whole += more) more = file[at++] ?? 0
    return whole
  }
  while (at < file.length) {
    const token = file[at++] ?? 0
    const literal = longer(token >> 4)
    file.copy(output, to, at, at + literal)
    at += literal
    to += literal
    if (at >= file.length) break
    const back = file.readUInt16LE(at)
    at += 2
    const length = longer(token & 15) + 4
    for (let n = 0; n < length; n += 1, to += 1) output[to] = output[to - back] ?? 0
  }
  return output
}

/** Snappy's framing format (google/snappy, framing_format.txt). */
const unframe = (file: Buffer): Buffer => {
  const parts: Buffer[] = []
  for (let at = 0; at + 4 <= file.length; ) {
    const kind = file[at]
    const length = file.readUIntLE(at + 1, 3)
    const body = file.subarray(at + 8, at + 4 + length)
    if (kind === 0) parts.push(Buffer.from(unsnap(body) ?? body))
    if (kind === 1) parts.push(body)
    at += 4 + length
  }
  return Buffer.concat(parts)
}

const valuesOf = async (path: string): Promise<Buffer[]> => {
  // A copy with its journal: to open it could change it.
  const own = await mkdtemp(join(tmpdir(), 'amparo-sqlite-'))
  const copy = join(own, basename(path))
  await copyFile(path, copy)
  await copyFile(`${path}-wal`, `${copy}-wal`).catch(() => undefined)
  const database = new DatabaseSync(copy)
  const found: Buffer[] = []
  const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all()
  for (const { name } of tables) {
    const statement = database.prepare(`select * from "${name}"`)
    statement.setReadBigInts(true)
    for (const row of statement.iterate())
      for (const value of Object.values(row)) {
        if (typeof value === 'string') found.push(Buffer.from(value))
        if (!(value instanceof Uint8Array)) continue
        found.push(Buffer.from(value))
        const plain = unsnap(value)
        if (plain !== null) found.push(Buffer.from(plain))
      }
  }
  database.close()
  await rm(own, { recursive: true, force: true })
  return found
}

export const readFirefoxProfile = async (folder: string): Promise<Chunk[]> => {
  const chunks: Chunk[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const where = relative(folder, path)
    const bytes = await readFile(path)
    chunks.push({ where, bytes })
    if (bytes.subarray(0, 8).toString('latin1') === 'mozLz40\0')
      chunks.push({ where: `${where} (unpacked)`, bytes: unpackSession(bytes) })
    if (bytes.subarray(0, 10).toString('latin1') === '\xff\x06\0\0sNaPpY')
      chunks.push({ where: `${where} (unpacked)`, bytes: unframe(bytes) })
    if (bytes.subarray(0, 15).toString('latin1') === 'SQLite format 3')
      for (const value of await valuesOf(path)) chunks.push({ where: `${where} (value)`, bytes: value })
  }
  return chunks
}
