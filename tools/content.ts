import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { ContentFiles } from '../src/content/check.ts'
import type { Fault } from '../src/content/fault.ts'
import type { HotlineDetailsFile, HotlineFile, OtherLinesFile } from '../src/content/hotline-schema.ts'
import { contentModule, faultLine, readContent } from './content-files.ts'

/** Numbers that have the shape of one, and that nobody can have. */
const invalidNumbers = (file: string, lines: readonly { phone: string }[]): Fault[] =>
  lines.flatMap(({ phone }, index) =>
    parsePhoneNumberFromString(phone)?.isValid() === true
      ? []
      : [{ file, path: [index, 'phone'], message: `${phone} is no number that can be dialled` }],
  )

/**
 * Checks the data files that a host may have edited, and prints which lines nobody has dialled lately (a warning).
 * @throws Error that names every fault with file and line; nothing is built with a wrong number in it
 */
const checkContent = async (): Promise<void> => {
  const { contentFaults, CONTENT_NAMES } =
    await contentModule<typeof import('../src/content/check.ts')>('check')
  const { lineOf } = await contentModule<typeof import('../src/content/line-of.ts')>('line-of')
  const { isStale } = await contentModule<typeof import('../src/content/stale.ts')>('stale')
  const files = await readContent(CONTENT_NAMES)
  const data = Object.fromEntries([...files].map(([name, file]) => [name, file.data])) as ContentFiles
  const faults = contentFaults(data)
  if (faults.length === 0) {
    faults.push(
      ...invalidNumbers('hotlines', data.hotlines as HotlineFile),
      ...invalidNumbers('other-lines', data['other-lines'] as OtherLinesFile),
    )
  }
  if (faults.length > 0) {
    throw new Error(
      `The content has faults:\n${faults.map((fault) => faultLine(fault, files, lineOf)).join('\n')}`,
    )
  }
  const checks: [string, string | null][] = [
    ...Object.entries(data['hotline-details'] as HotlineDetailsFile).map(
      ([id, { checked }]): [string, string | null] => [id, checked],
    ),
    ...(data['other-lines'] as OtherLinesFile).map(({ id, checked }): [string, string | null] => [
      id,
      checked,
    ]),
  ]
  const stale = checks.filter(([, checked]) => isStale(checked, Date.now()))
  if (stale.length > 0) {
    const list = stale.map(([id, checked]) => `${id} (${checked ?? 'never dialled'})`)
    console.log(`Lines to dial before families rely on them (npm run content:dial):\n  ${list.join('\n  ')}`)
  }
}

await checkContent().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
