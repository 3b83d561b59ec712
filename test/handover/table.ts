import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The tables of docs/threat-model.md, as they are written. */
const FILE = join(import.meta.dirname, '../../docs/threat-model.md')

export type Table = { columns: string[]; rows: Record<string, string[]> }

const cellsOf = (line: string): string[] =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())

/**
 * @param heading of the section, without its signs
 * @returns the first table of the section; rows by their first cell
 * @throws Error if there is none, or if two rows have one name
 */
export const tableOf = async (heading: string): Promise<Table> => {
  const lines = (await readFile(FILE, 'utf8')).split('\n')
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading)
  const from = lines.findIndex((line, at) => start >= 0 && at > start && line.startsWith('|'))
  if (from < 0) throw new Error(`docs/threat-model.md has no table below "${heading}"`)
  const length = lines.slice(from).findIndex((line) => !line.startsWith('|'))
  const [head = [], , ...body] = lines.slice(from, length < 0 ? undefined : from + length).map(cellsOf)
  const rows: Record<string, string[]> = {}
  for (const [name = '', ...cells] of body) {
    if (name in rows) throw new Error(`two rows "${name}"`)
    rows[name] = cells
  }
  return { columns: head.slice(1), rows }
}
