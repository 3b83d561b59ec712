import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { ContentFiles } from '../src/content/check.ts'
import type { FamilyFiles } from '../src/content/family-check.ts'
import type { Fault } from '../src/content/fault.ts'
import type { HotlineFile, OtherLinesFile } from '../src/content/hotline-schema.ts'
import { contentModule, type DataFile, faultLine, readContent } from './content-files.ts'

/** Numbers that have the shape of one, and that nobody can have. */
const invalidNumbers = (file: string, lines: readonly { phone: string }[]): Fault[] =>
  lines.flatMap(({ phone }, index) =>
    parsePhoneNumberFromString(phone)?.isValid() === true
      ? []
      : [{ file, path: [index, 'phone'], message: `${phone} is no number that can be dialled` }],
  )

/** `file.json: where: what`, where `where` is a path or an id, with the line on which that stands. */
const asFault = (text: string, files: ReadonlyMap<string, DataFile>): Fault => {
  const [, file = '', where = '', message = text] = /^(.+?)\.json: (.*?): (.*)$/s.exec(text) ?? []
  const path = where.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
  const list = Object.entries(files.get(file)?.data ?? {}).find(([, value]) => Array.isArray(value))
  const index = list === undefined ? -1 : (list[1] as { id?: string }[]).findIndex(({ id }) => id === where)
  return {
    file,
    path: list !== undefined && index >= 0 ? [list[0], index] : path,
    message: `${where}: ${message}`,
  }
}

/**
 * Checks the data files that a host may have edited, and prints which lines nobody has dialled lately (a warning).
 * @throws Error that names every fault with file and line; nothing is built with a wrong number in it
 */
const checkContent = async (): Promise<void> => {
  const { contentFaults, CONTENT_NAMES } =
    await contentModule<typeof import('../src/content/check.ts')>('check')
  const { FAMILY_FILES, familyFaults } =
    await contentModule<typeof import('../src/content/family-check.ts')>('family-check')
  const { lineOf } = await contentModule<typeof import('../src/content/line-of.ts')>('line-of')
  const { isStale } = await contentModule<typeof import('../src/content/stale.ts')>('stale')
  const { LINES } = await contentModule<typeof import('../src/content/lines.ts')>('lines')
  const files = await readContent([...CONTENT_NAMES, ...FAMILY_FILES])
  const data = Object.fromEntries([...files].map(([name, file]) => [name, file.data]))
  const faults = [
    ...contentFaults(data as ContentFiles),
    ...familyFaults(data as FamilyFiles).map((text) => asFault(text, files)),
  ]
  if (faults.length === 0) {
    faults.push(
      ...invalidNumbers('hotlines', data.hotlines as HotlineFile),
      ...invalidNumbers('other-lines', data['other-lines'] as OtherLinesFile),
    )
  }
  if (faults.length > 0) {
    const lines = faults.map((fault) => faultLine(fault, files, lineOf))
    throw new Error(`The content has faults:\n${lines.join('\n')}`)
  }
  const stale = LINES.filter(({ checked }) => isStale(checked, Date.now()))
  if (stale.length > 0) {
    const list = stale.map(({ id, checked }) => `${id} (${checked ?? 'never'})`)
    console.log(
      `Warning: ${stale.length} lines have not been dialled for 180 days (npm run content:dial lists them): ${list.join(', ')}`,
    )
  }
}

await checkContent().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
