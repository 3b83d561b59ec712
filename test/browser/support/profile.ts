import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/**
 * Everything in a browser's profile on disk, as somebody reads it who has taken the phone: each file as it lies there, also what is written
 * over or erased and not yet cleared away, and each block of LevelDB's tables decompressed.
 */

/** Snappy's raw format (google/snappy, format_description.txt). @returns null where it is none */
export const unsnap = (input: Uint8Array): Uint8Array | null => {
  let at = 0
  let length = 0
  for (let shift = 0; ; shift += 7) {
    const byte = input[at++]
    if (byte === undefined || shift > 28) return null
    length |= (byte & 0x7f) << shift
    if (byte < 0x80) break
  }
  // None becomes so small: it is something else.
  if (length < 0 || length > 64 * input.length) return null
  const output = new Uint8Array(length)
  const little = (bytes: number): number => {
    let value = 0
    for (let n = 0; n < bytes; n += 1) value |= (input[at++] ?? 0) << (8 * n)
    return value >>> 0
  }
  let to = 0
  while (at < input.length) {
    const tag = input[at++] ?? 0
    const kind = tag & 3
    if (kind === 0) {
      const short = tag >> 2
      const size = (short < 60 ? short : little(short - 59)) + 1
      if (to + size > length || at + size > input.length) return null
      output.set(input.subarray(at, at + size), to)
      at += size
      to += size
      continue
    }
    const size = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1
    const back = kind === 1 ? ((tag >> 5) << 8) | (input[at++] ?? 0) : little(kind === 2 ? 2 : 4)
    if (back === 0 || back > to || to + size > length) return null
    for (let n = 0; n < size; n += 1, to += 1) output[to] = output[to - back] ?? 0
  }
  return to === length ? output : null
}

const varint = (bytes: Uint8Array, from: number): [value: number, next: number] => {
  let [value, at, factor] = [0, from, 1]
  for (;;) {
    const byte = bytes[at++] ?? 0
    value += (byte & 0x7f) * factor
    if (byte < 0x80) return [value, at]
    factor *= 128
  }
}

const FOOTER_BYTES = 48

/** The block behind a handle: its compression is said by one byte after it. */
const blockAt = (table: Uint8Array, offset: number, size: number): Uint8Array | null => {
  const block = table.subarray(offset, offset + size)
  return table[offset + size] === 1 ? unsnap(block) : block
}

/** Values of LevelDB's index block, each of which is the handle of a data block. */
const handlesIn = (index: Uint8Array): [offset: number, size: number][] => {
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength)
  const restarts = view.getUint32(index.length - 4, true)
  const end = index.length - 4 - 4 * restarts
  const handles: [number, number][] = []
  for (let at = 0; at < end; ) {
    const [, afterShared] = varint(index, at)
    const [own, afterOwn] = varint(index, afterShared)
    const [size, afterSize] = varint(index, afterOwn)
    const value = afterSize + own
    const [offset, next] = varint(index, value)
    handles.push([offset, varint(index, next)[0]])
    at = value + size
  }
  return handles
}

/** @throws Error on a table that is not one: what is not read has not been searched */
const blocksOf = (table: Uint8Array): Uint8Array[] => {
  const footer = table.length - FOOTER_BYTES
  const [, afterMeta] = varint(table, varint(table, footer)[1])
  const [offset, afterOffset] = varint(table, afterMeta)
  const index = blockAt(table, offset, varint(table, afterOffset)[0])
  if (index === null) throw new Error('an index that does not decompress')
  return handlesIn(index).map(([at, size]) => {
    const block = blockAt(table, at, size)
    if (block === null) throw new Error('a block that does not decompress')
    return block
  })
}

export type Chunk = { where: string; bytes: Buffer }

export const readProfile = async (folder: string): Promise<Chunk[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const chunks: Chunk[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const where = relative(folder, path)
    const bytes = await readFile(path)
    chunks.push({ where, bytes })
    if (!entry.name.endsWith('.ldb') || bytes.length === 0) continue
    for (const block of blocksOf(bytes)) chunks.push({ where: `${where} (block)`, bytes: Buffer.from(block) })
  }
  return chunks
}

/** As text in the encodings that browsers store, and as bytes where it is bytes. */
const spellings = (needle: string | Uint8Array): Buffer[] => {
  if (typeof needle === 'string')
    return [Buffer.from(needle, 'utf8'), Buffer.from(needle, 'utf16le'), Buffer.from(needle, 'latin1')]
  const bytes = Buffer.from(needle)
  const texts = [
    bytes.toString('base64url'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('hex'),
  ]
  return [bytes, ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])]
}

/** @returns where each is found, by its name; without those that are nowhere */
export const findAll = (
  chunks: readonly Chunk[],
  needles: Readonly<Record<string, string | Uint8Array>>,
): Record<string, string[]> => {
  const found: Record<string, string[]> = {}
  for (const [name, needle] of Object.entries(needles)) {
    const all = spellings(needle)
    const places = chunks
      .filter(({ bytes }) => all.some((one) => bytes.includes(one)))
      .map(({ where }) => where)
    if (places.length > 0) found[name] = [...new Set(places)]
  }
  return found
}
