import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { build } from '../../tools/build.ts'
import { differences, hashesOf } from '../../tools/hashes.ts'
import { run } from '../../tools/run.ts'
import { DIST_DIR, ROOT } from '../../tools/wrangler.ts'
import { startServer } from '../support/server.ts'

const SOURCES = [
  ...['src', 'public', 'tools', 'package.json', 'tsconfig.json', 'tsconfig.base.json'],
  ...['vite.config.ts', 'lingui.config.ts', 'wrangler.toml'],
]
const elsewhere = await mkdtemp(join(tmpdir(), 'amparo-elsewhere-'))
afterAll(() => rm(elsewhere, { recursive: true, force: true }))

test('a build in another folder is the same, byte for byte', async () => {
  await build()
  for (const source of SOURCES) await cp(join(ROOT, source), join(elsewhere, source), { recursive: true })
  await symlink(join(ROOT, 'node_modules'), join(elsewhere, 'node_modules'))
  const vite = join(elsewhere, 'node_modules/vite/bin/vite.js')
  const { code, output } = await run(process.execPath, [vite, 'build'], { cwd: elsewhere })
  expect(output).toContain('precache entries')
  expect(code).toBe(0)
  const hashes = await hashesOf(DIST_DIR)
  expect(hashes.size).toBeGreaterThan(20)
  expect(await hashesOf(join(elsewhere, 'dist'))).toEqual(hashes)
})

test('what a host serves is told from what was built', async () => {
  const server = await startServer()
  try {
    const hashes = await hashesOf(DIST_DIR)
    expect(await differences(hashes, server.origin)).toEqual([])
    const page = join(elsewhere, 'dist/letter.html')
    await writeFile(page, `${await readFile(page, 'utf8')}<!-- -->`)
    expect(await differences(await hashesOf(join(elsewhere, 'dist')), server.origin)).toEqual(['letter.html'])
  } finally {
    await server.stop()
  }
})
