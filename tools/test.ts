import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HostAnswer } from '../src/protocol/host.ts'
import { ROUTES } from '../src/protocol/routes.ts'
import { findChromium } from '../test/support/chromium.ts'
import { printBudgets } from './budgets.ts'
import { build } from './build.ts'
import { freePort } from './port.ts'
import { run } from './run.ts'
import { startServerProcess } from './server-process.ts'
import { runProject, type Tally } from './vitest.ts'
import { BUNDLE_DIR, DIST_DIR, ROOT } from './wrangler.ts'

/** Longer than any step takes on a slow machine: a test run ends, whatever hangs. */
const STEP_MAX_MS = 60 * 60_000
const ONE_PASSED: Tally = { passed: 1, failed: 0 }
const ONE_FAILED: Tally = { passed: 0, failed: 1 }

/** Biome colours a pipe too. */
const PLAIN = process.stdout.isTTY ? [] : ['--colors=off']

const program = async (path: string, ...args: string[]): Promise<Tally> => {
  const { code } = await run(process.execPath, [join(ROOT, path), ...args], {
    cwd: ROOT,
    show: true,
    timeoutMs: STEP_MAX_MS,
  })
  return code === 0 ? ONE_PASSED : ONE_FAILED
}

/** The bundle that a deployment would upload starts, and answers one route. */
const askBundle = async (): Promise<Tally> => {
  const persistTo = await mkdtemp(join(tmpdir(), 'amparo-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const server = await startServerProcess({
    port,
    persistTo,
    settings: { AMPARO_ORIGIN: origin },
    dist: DIST_DIR,
    bundle: BUNDLE_DIR,
  })
  try {
    const answer = HostAnswer.parse(await (await fetch(origin + ROUTES.host)).json())
    console.log(`The bundle answers: ${JSON.stringify(answer)}`)
    return ONE_PASSED
  } finally {
    await server.stop()
    await rm(persistTo, { recursive: true, force: true })
  }
}

const withBrowser = async (project: string): Promise<Tally> => {
  console.log(`With ${await findChromium()}`)
  return runProject(project, STEP_MAX_MS)
}

/** In this order; each by its name alone: `npm test -- --only types,lint`. */
const STEPS: Record<string, () => Promise<Tally>> = {
  types: () => program('node_modules/typescript/bin/tsc', '-b'),
  // Import rules are part of it; test/tools/import-rules.test.ts sees each one fail.
  lint: () => program('node_modules/@biomejs/biome/bin/biome', 'ci', ...PLAIN, '.'),
  catalogs: () => program('tools/catalogs.mjs'),
  build: async () => {
    await build()
    return ONE_PASSED
  },
  budgets: async () => ((await printBudgets()) ? ONE_PASSED : ONE_FAILED),
  bundle: askBundle,
  node: () => runProject('node', STEP_MAX_MS),
  workers: () => runProject('workers', STEP_MAX_MS),
  browser: () => withBrowser('browser'),
  tools: () => runProject('tools', STEP_MAX_MS),
  e2e: () => withBrowser('e2e'),
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const chosen = values.only === undefined ? Object.keys(STEPS) : values.only.split(',')
const unknown = chosen.filter((name) => !Object.hasOwn(STEPS, name))
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. There are: ${Object.keys(STEPS).join(', ')}.`)
  process.exit(1)
}

const results: ({ name: string; seconds: number } & Tally)[] = []
for (const [name, step] of Object.entries(STEPS)) {
  if (!chosen.includes(name)) continue
  console.log(`\n── ${name} ──`)
  const startedAt = performance.now()
  const counts = await step().catch((error: Error) => {
    console.log(error.message)
    return ONE_FAILED
  })
  results.push({ name, seconds: (performance.now() - startedAt) / 1_000, ...counts })
}

console.log('\n── what ran ──')
for (const { name, seconds, passed, failed } of results) {
  console.log(
    `  ${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`,
  )
}
const sum = (pick: (tally: Tally) => number) => results.reduce((total, result) => total + pick(result), 0)
const failed = sum((result) => result.failed)
process.exitCode = failed === 0 ? 0 : 1
console.log(`\n${sum((result) => result.passed)} passed, ${failed} failed`)
