import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import type { ContentFiles } from '../src/content/check.ts'
import type { FamilyFiles } from '../src/content/family-check.ts'
import type { HotlineDetailsFile } from '../src/content/hotline-schema.ts'
import { ROOT } from './wrangler.ts'

const read = async (name: string): Promise<object> =>
  JSON.parse(await readFile(join(ROOT, 'src/content', `${name}.json`), 'utf8'))

/**
 * Checks the data files that a host may have edited, and prints which hotlines nobody has dialled lately (a warning).
 * @throws Error that names every fault; nothing is built with a wrong number in it
 */
const checkContent = async (): Promise<void> => {
  const files: ContentFiles = {
    hotlines: await read('hotlines'),
    hotlineDetails: await read('hotline-details'),
    hotlineSources: await read('hotline-sources'),
    blockList: await read('block-list'),
    firstSteps: { ...(await read('first-steps')), ...(await read('scams')) },
    firstStepsSources: await read('first-steps-sources'),
    rights: await read('rights'),
    rightsSources: await read('rights-sources'),
  }
  // By way of Vite, which knows how the content imports its JSON; Node alone would want it written otherwise.
  const { contentFaults, notCheckedLately } = (
    await runnerImport<typeof import('../src/content/check.ts')>(join(ROOT, 'src/content/check.ts'), {
      configFile: false,
      logLevel: 'error',
    })
  ).module
  const { FAMILY_FILES, familyFaults } = (
    await runnerImport<typeof import('../src/content/family-check.ts')>(
      join(ROOT, 'src/content/family-check.ts'),
      {
        configFile: false,
        logLevel: 'error',
      },
    )
  ).module
  const family = Object.fromEntries(
    await Promise.all(FAMILY_FILES.map(async (name) => [name, await read(name)] as const)),
  ) as FamilyFiles
  const faults = [...contentFaults(files), ...familyFaults(family)]
  if (faults.length > 0) throw new Error(`The content has faults:\n${faults.join('\n')}`)
  const stale = notCheckedLately(files.hotlineDetails as HotlineDetailsFile, Date.now())
  if (stale.length > 0) console.log(`Hotlines to dial before families rely on them:\n  ${stale.join('\n  ')}`)
}

await checkContent().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
