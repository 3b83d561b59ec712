import { readFileSync } from 'node:fs'
import { CONTENT_NAMES, type Content, type ContentFiles, contentFaults } from '../../src/content/check.ts'
import type { Fault } from '../../src/content/fault.ts'

/** The data files as they ship. */
export const FILES = Object.fromEntries(
  CONTENT_NAMES.map((name) => [
    name,
    JSON.parse(readFileSync(new URL(`../../src/content/${name}.json`, import.meta.url), 'utf8')),
  ]),
) as ContentFiles

/** As `file: path: message`. */
export const told = (faults: readonly Fault[]): string[] =>
  faults.map(({ file, path, message }) =>
    [file, ...(path.length === 0 ? [] : [path.join('.')]), message].join(': '),
  )

/** The faults after one change to the content. */
export const afterEdit = (edit: (content: Content) => unknown): string[] => {
  const files = structuredClone(FILES) as Content
  edit(files)
  return told(contentFaults(files))
}
