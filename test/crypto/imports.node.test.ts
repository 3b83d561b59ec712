import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const CRYPTO = new URL('../../src/crypto/', import.meta.url)

/** Static imports and re-exports but type-only ones, imports for effect, and dynamic imports. */
const IMPORTED = /(?:^import (?!type )(?:[^;']*? from )?|^export (?!type )[^;'=]*? from |import\()'([^']+)'/gm

/** All that a file of `src/crypto` imports at run time, however far down, as paths below it or package names. */
const reached = async (path: string, seen = new Set<string>()): Promise<Set<string>> => {
  const source = await readFile(new URL(path, CRYPTO), 'utf8')
  for (const [, from] of source.matchAll(IMPORTED)) {
    const local = from!.startsWith('.') && new URL(from!, new URL(path, CRYPTO)).href.split('/src/crypto/')[1]
    const name = local || from!
    if (seen.has(name)) continue
    seen.add(name)
    if (local) await reached(local, seen)
  }
  return seen
}
const files = async (): Promise<string[]> =>
  (await readdir(CRYPTO, { recursive: true })).filter((name) => name.endsWith('.ts'))

it('Argon2id and the recovery words are imported where they are needed, and nowhere else', async () => {
  for (const file of await files()) {
    const names = [...(await reached(file))].join(' ')
    expect(names.includes('argon2'), file).toBe(file === 'stretch.ts')
    expect(names.includes('bip39'), file).toBe(file === 'recovery-words.ts')
  }
})

it('what the server may import reaches nothing that opens a letter or a document', async () => {
  for (const file of await files()) {
    if (!file.startsWith('roster/')) continue
    const names = [...(await reached(file))]
    expect(names).toContain('seal.ts')
    expect(names.filter((name) => /letter|lock|document|root|word|presser/.test(name))).toEqual([])
  }
})

it('nothing in crypto reads a clock, a network, storage or the platform’s random numbers', async () => {
  for (const file of await files()) {
    const source = await readFile(new URL(file, CRYPTO), 'utf8')
    expect(source, file).not.toMatch(
      /\b(Date|fetch|performance|localStorage|indexedDB|randomBytes|getRandomValues|Math\.random)\b/,
    )
  }
})
