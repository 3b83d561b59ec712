import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Content, ContentFiles } from '../src/content/check.ts'
import type { FamilyFiles } from '../src/content/family-check.ts'
import type { Fault } from '../src/content/fault.ts'
import type { Line } from '../src/content/lines.ts'
import type { Overlay } from '../src/content/overlay-schema.ts'
import { contentModule, type DataFile, faultLine, readContent, readDataFile } from './content-files.ts'
import { contentPage, PAGE } from './content-page.ts'
import { countyFiles } from './county-shapes.ts'
import { OVERLAID, overlayPath } from './overlay.ts'
import { ROOT } from './wrangler.ts'

// Checks the data files that a host may have edited, and says which lines nobody has dialled lately (a warning). `--dial`: prints a list to dial
// through. `--page`: writes docs/content.md. `--merged`: prints, for the builds, what an overlay makes of our files.

/** Numbers that have the shape of one, and that nobody can have. */
const invalidNumbers = (
  file: string,
  at: readonly PropertyKey[],
  lines: readonly { phone: string }[],
): Fault[] =>
  lines.flatMap(({ phone }, index) =>
    parsePhoneNumberFromString(phone)?.isValid() === true
      ? []
      : [{ file, path: [...at, index, 'phone'], message: `${phone} is no number that can be dialled` }],
  )

const invalidCalls = (file: string, steps: readonly { calls: readonly { phone: string }[] }[]): Fault[] =>
  steps.flatMap(({ calls }, index) => invalidNumbers(file, ['steps', index, 'calls'], calls))

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

/** `ours`: without the overlay. */
type Checked = { ours: Content; content: Content; overlay: DataFile | null }

/**
 * The data files, a host's overlay in them, found without fault.
 * @throws Error that names every fault with file and line; nothing is built with a wrong number in it
 */
const checkedContent = async (): Promise<Checked> => {
  const { contentFaults, CONTENT_NAMES } =
    await contentModule<typeof import('../src/content/check.ts')>('check')
  const { FAMILY_FILES, familyFaults } =
    await contentModule<typeof import('../src/content/family-check.ts')>('family-check')
  const { OVERLAY, withOverlay } = await contentModule<typeof import('../src/content/overlay.ts')>('overlay')
  const { lineOf } = await contentModule<typeof import('../src/content/line-of.ts')>('line-of')
  const files = await readContent([...CONTENT_NAMES, ...FAMILY_FILES])
  const refuse = (faults: readonly Fault[]) => {
    if (faults.length === 0) return
    const lines = faults.map((fault) => faultLine(fault, files, lineOf))
    throw new Error(`The content has faults:\n${lines.join('\n')}`)
  }
  const data = Object.fromEntries([...files].map(([name, file]) => [name, file.data]))
  refuse([
    ...contentFaults(data as ContentFiles),
    ...familyFaults(data as FamilyFiles).map((text) => asFault(text, files)),
  ])
  const content = data as Content
  refuse([
    ...invalidNumbers('hotlines', [], content.hotlines),
    ...invalidNumbers('other-lines', [], content['other-lines']),
    ...invalidNumbers('consulates', ['consulates'], content.consulates.consulates),
    ...invalidCalls('next-steps', content['next-steps'].steps),
  ])
  const path = await overlayPath()
  if (path === null) return { ours: content, content, overlay: null }
  const overlay = await readDataFile(path)
  files.set(OVERLAY, overlay)
  const merged = withOverlay(content, overlay.data)
  refuse(merged.faults)
  const { lines, consulates = [], steps = [] } = overlay.data as Overlay
  refuse([
    ...invalidNumbers(OVERLAY, ['lines'], lines),
    ...invalidNumbers(OVERLAY, ['consulates'], consulates),
    ...invalidCalls(OVERLAY, steps),
  ])
  return { ours: content, content: merged.content, overlay }
}

const linesOf = async (content: Content): Promise<Line[]> => {
  const { assembled } = await contentModule<typeof import('../src/content/lines.ts')>('lines')
  return assembled(
    content.hotlines,
    content['hotline-areas'],
    content['hotline-details'],
    content['other-lines'],
  )
}

/** What the builds put in the place of our files. */
const printMerged = async ({ content, overlay }: Checked): Promise<void> => {
  if (overlay === null) return
  const { shapes } = await countyFiles(await linesOf(content))
  const merged = Object.fromEntries(OVERLAID.map((name) => [name, content[name]]))
  console.log(JSON.stringify({ ...merged, 'county-shapes': shapes }))
}

const warnOfStale = async ({ content, overlay }: Checked): Promise<void> => {
  const { isStale } = await contentModule<typeof import('../src/content/stale.ts')>('stale')
  if (overlay !== null) console.log(`With the overlay ${overlay.path}.`)
  const stale = [...(await linesOf(content)), ...content.consulates.consulates].filter(({ checked }) =>
    isStale(checked, Date.now()),
  )
  if (stale.length === 0) return
  const list = stale.map(({ id, checked }) => `${id} (${checked ?? 'never'})`)
  console.log(
    `Warning: ${stale.length} lines and consulates have not been dialled for 180 days (npm run content:dial lists them): ${list.join(', ')}`,
  )
}

/** A number an item, in the order in which a person would go through them: what was never dialled, then the oldest. */
const printToDial = async ({ content }: Checked): Promise<void> => {
  const { toDial } = await contentModule<typeof import('../src/content/to-dial.ts')>('to-dial')
  console.log(toDial(await linesOf(content), content.consulates.consulates))
}

const writePage = async ({ ours }: Checked): Promise<void> => {
  await writeFile(join(ROOT, PAGE), contentPage(ours))
  console.log(`${PAGE} is written.`)
}

const { values } = parseArgs({
  options: {
    merged: { type: 'boolean', default: false },
    dial: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
})
const act = values.merged ? printMerged : values.dial ? printToDial : values.page ? writePage : warnOfStale
try {
  await act(await checkedContent())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
