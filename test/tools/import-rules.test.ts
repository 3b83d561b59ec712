import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../tools/run.ts'
import { ROOT } from '../../tools/wrangler.ts'

/** Every rule between rooms, broken once in a copy of the source, must fail the check that is to hold it. */
let copy = ''

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'amparo-rules-'))
  for (const path of ['src', 'biome.json', 'tsconfig.base.json', 'package.json', '.gitignore']) {
    await cp(join(ROOT, path), join(copy, path), { recursive: true })
  }
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
})
afterAll(() => rm(copy, { recursive: true, force: true }))

/** Runs `check` while the files, by their paths in the copy, are there. */
const withFiles = async <T>(files: Record<string, string>, check: () => Promise<T>): Promise<T> => {
  for (const [path, text] of Object.entries(files)) {
    const file = join(copy, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  try {
    return await check()
  } finally {
    for (const path of Object.keys(files)) await rm(join(copy, path))
  }
}

const lint = (files: Record<string, string>) =>
  withFiles(files, () =>
    run(join(ROOT, 'node_modules/.bin/biome'), ['lint', '--reporter=github', ...Object.keys(files)], {
      cwd: copy,
    }),
  )
const compile = (room: string) =>
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', `src/${room}`], { cwd: copy })

const FORBIDDEN = [
  ['server', '../crypto/locks/link-lock.ts'],
  ['server', '../crypto/letter.ts'],
  ['server', '../client/vault/session.ts'],
  ['server', '../queue/press-queue.ts'],
  ['server', '../sw/index.ts'],
  ['client', '../server/app.ts'],
  ['client', '../sw/index.ts'],
  ['sw', '../client/main.tsx'],
  ['sw', '../server/app.ts'],
  ['crypto', '../queue/press-queue.ts'],
  ['crypto', '../content/hotline.ts'],
  ['crypto', 'hono'],
  ['protocol', '../crypto/seal.ts'],
  ['protocol', '@noble/ciphers/chacha.js'],
  ['content', '../client/main.tsx'],
  ['content', '../crypto/seal.ts'],
  ['i18n', '../server/app.ts'],
  ['queue', '../client/main.tsx'],
  ['queue', '../server/app.ts'],
] as const

/** The ways in which a module can be imported. */
const WAYS = {
  value: (from: string) => `import { x } from '${from}'\nexport const y = x\n`,
  type: (from: string) => `import type { X } from '${from}'\nexport type Y = X\n`,
  again: (from: string) => `export { x } from '${from}'\n`,
  late: (from: string) => `export const load = () => import('${from}')\n`,
}

test.each(FORBIDDEN)('%s importing %s fails the lint, however it is imported', async (room, from) => {
  const files = Object.fromEntries(
    Object.entries(WAYS).flatMap(([way, write]) => [
      [`src/${room}/wrong-${way}.ts`, write(from)],
      // One folder deeper, where the path has one step more.
      [`src/${room}/deep/wrong-${way}.ts`, write(from.startsWith('..') ? `../${from}` : from)],
    ]),
  )
  const { code, output } = await lint(files)
  const complaints = output.split('\n').filter((line) => line.includes('noRestrictedImports'))
  for (const path of Object.keys(files)) expect(complaints.join('\n')).toContain(path)
  expect(code).not.toBe(0)
})

const ALLOWED = [
  ['server', '../crypto/roster/roster.ts'],
  ['server', '../protocol/press.ts'],
  ['client', '../crypto/seal.ts'],
  ['client', '../queue/press-queue.ts'],
  ['sw', '../queue/press-queue.ts'],
  ['crypto', '../protocol/limits.ts'],
  ['protocol', './limits.ts'],
  ['protocol', '@noble/hashes/sha2.js'],
  ['content', '../protocol/fields.ts'],
  ['queue', '../protocol/press.ts'],
] as const

test.each(ALLOWED)('%s may import %s', async (room, from) => {
  const { output } = await lint({ [`src/${room}/right-import.ts`]: WAYS.again(from) })
  expect(output).not.toContain('noRestrictedImports')
})

// The compiler stands behind the lint: a room that is not referenced cannot be imported, and each runtime has its types.
test.each([
  ['server', `export { app } from '../client/wrong.ts'\n`, /TS(6059|6307)/],
  ['client', `export { app } from '../server/wrong.ts'\n`, /TS(6059|6307)/],
  ['crypto', `export const title = document.title\n`, /TS2584|TS2304/],
  ['server', `export const title = document.title\n`, /TS2584|TS2304/],
  ['sw', `export const title = document.title\n`, /TS2584|TS2304/],
  ['client', `export type Store = KVNamespace\n`, /TS2304/],
])('%s does not compile with: %s', async (room, text, expected) => {
  const target = text.match(/'\.\.\/(\w+)\/wrong\.ts'/)?.[1]
  const { code, output } = await withFiles(
    {
      [`src/${room}/wrong-code.ts`]: text,
      ...(target === undefined ? {} : { [`src/${target}/wrong.ts`]: 'export const app = 1\n' }),
    },
    () => compile(room),
  )
  const complaints = output.split('\n').filter((line) => line.includes('wrong'))
  expect(complaints.join('\n')).toMatch(expected)
  expect(code).not.toBe(0)
})
