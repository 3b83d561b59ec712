import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { run } from '../../tools/run.ts'
import { ROOT } from '../../tools/wrangler.ts'

/** A project with one package, and an npm that only writes down how it was called. */
const LOCK = {
  packages: {
    '': { name: 'x' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
}
let project = ''

const writeJson = (path: string, value: unknown) => writeFile(join(project, path), JSON.stringify(value))
const writeInstalled = (packages: Record<string, unknown>) =>
  writeJson('node_modules/.package-lock.json', { packages })
const install = () =>
  run(process.execPath, [join(project, 'tools/install.mjs')], {
    env: { npm_execpath: join(project, 'npm.cjs') },
  })
const callsOfNpm = () => readFile(join(project, 'calls'), 'utf8').catch(() => '')

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'amparo-install-'))
  await mkdir(join(project, 'tools'))
  await mkdir(join(project, 'node_modules/node/bin'), { recursive: true })
  await writeFile(join(project, 'node_modules/node/bin/node'), '')
  await cp(join(ROOT, 'tools/install.mjs'), join(project, 'tools/install.mjs'))
  await writeFile(
    join(project, 'npm.cjs'),
    `require('node:fs').appendFileSync(__dirname + '/calls', process.argv.slice(2).join(' ') + '\\n')
     process.exit(Number(process.env.NPM_FAILS ?? 0))`,
  )
  await writeJson('package-lock.json', LOCK)
  await writeInstalled({ 'node_modules/a': LOCK.packages['node_modules/a'] })
})
afterEach(() => rm(project, { recursive: true, force: true }))

test('what is installed already is left alone, so that it works without network', async () => {
  expect((await install()).code).toBe(0)
  expect(await callsOfNpm()).toBe('')
})

test.each([
  ['nothing is installed', () => rm(join(project, 'node_modules/.package-lock.json'))],
  [
    'another version is installed',
    () => writeInstalled({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }),
  ],
  [
    'other bytes are installed',
    () => writeInstalled({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-z' } }),
  ],
  ['a package is missing', () => writeInstalled({})],
  [
    'a package too many is installed',
    () =>
      writeInstalled({
        'node_modules/a': LOCK.packages['node_modules/a'],
        'node_modules/b': { version: '1.0.0' },
      }),
  ],
])('npm ci runs when %s', async (_, change) => {
  await change()
  expect((await install()).code).toBe(0)
  expect(await callsOfNpm()).toMatch(/^ci --include=dev /)
})

test('a failed install is said, and fails', async () => {
  await writeInstalled({})
  const { code, output } = await run(process.execPath, [join(project, 'tools/install.mjs')], {
    env: { npm_execpath: join(project, 'npm.cjs'), NPM_FAILS: '1' },
  })
  expect(code).toBe(1)
  expect(output).toContain('npm ci failed')
})
