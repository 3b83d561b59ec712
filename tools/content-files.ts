import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { runnerImport } from 'vite'
import type { Fault } from '../src/content/fault.ts'
import { ROOT } from './wrangler.ts'

/** A module of the content's room. By way of Vite, which knows how it imports its JSON; Node alone would want it written otherwise. */
export const contentModule = async <Module>(name: string): Promise<Module> =>
  (
    await runnerImport<Module>(join(ROOT, 'src/content', `${name}.ts`), {
      configFile: false,
      logLevel: 'error',
    })
  ).module

/** A data file: its text, for the lines of mistakes, and what it holds. `path`: from the project's root. */
export type DataFile = { path: string; text: string; data: unknown }

/** @throws Error that names the file and what is not JSON in it */
export const readDataFile = async (path: string): Promise<DataFile> => {
  const text = await readFile(isAbsolute(path) ? path : join(ROOT, path), 'utf8')
  try {
    return { path, text, data: JSON.parse(text) }
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`)
  }
}

export const readContent = async (names: readonly string[]): Promise<Map<string, DataFile>> =>
  new Map(
    await Promise.all(
      names.map(async (name) => [name, await readDataFile(`src/content/${name}.json`)] as const),
    ),
  )

/** `src/content/hotlines.json:12: [0].phone: what is wrong` */
export const faultLine = (
  { file, path, message }: Fault,
  files: ReadonlyMap<string, DataFile>,
  lineOf: (text: string, path: readonly PropertyKey[]) => number,
): string => {
  const known = files.get(file)
  if (known === undefined) return `${file}: ${message}`
  return `${known.path}:${lineOf(known.text, path)}: ${path.length === 0 ? '' : `${path.map(String).join('.')}: `}${message}`
}
