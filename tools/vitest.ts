import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './run.ts'
import { ROOT } from './wrangler.ts'

export type Tally = { passed: number; failed: number }

/** What is used of vitest's JSON report. */
export type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/**
 * Counts tests. A file that did not load, and a run that failed without saying where, count as one failed test each, so
 * that nothing that went wrong is lost.
 */
export const tally = (report: Report | null, code: number | null): Tally => {
  if (report === null) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + unloaded
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** Runs one project of vitest.config.ts and shows what it writes. */
export const runProject = async (project: string, timeoutMs: number): Promise<Tally> => {
  const folder = join(ROOT, 'test-results')
  const file = join(folder, `${project}.json`)
  await mkdir(folder, { recursive: true })
  await rm(file, { force: true })
  const { code, timedOut } = await run(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { cwd: ROOT, show: true, timeoutMs },
  )
  if (timedOut) console.log(`"${project}" was ended after ${timeoutMs / 1_000} s.`)
  const report = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => null,
  )
  return tally(report, code)
}
