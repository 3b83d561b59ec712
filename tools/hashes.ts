import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { DIST_DIR } from './wrangler.ts'

/**
 * SHA-256 of every file that a browser is given. The build is the same on every machine, so whoever builds a version can tell
 * whether a host serves that version:
 *
 *     npm run build && npm run hashes                                    prints them
 *     npm run build && npm run hashes -- --against https://host.example  fetches each file from there and compares
 */

/** What the platform reads and does not serve. */
const NOT_SERVED = new Set(['_headers'])

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** @returns hash by path below `dir`, with forward slashes, in the order of the paths */
export const hashesOf = async (dir: string): Promise<Map<string, string>> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    // Vite's own lists are for this build's budgets.
    .filter((path) => !path.startsWith('.vite/') && !NOT_SERVED.has(path))
    .sort()
  const hashes = await Promise.all(paths.map(async (path) => sha256(await readFile(join(dir, path)))))
  return new Map(paths.map((path, index) => [path, hashes[index] ?? '']))
}

/** Where a host serves a file: pages without their ending. */
const addressOf = (path: string): string => (path === 'index.html' ? '/' : `/${path.replace(/\.html$/, '')}`)

/** @returns the files that `origin` serves otherwise, or not at all */
export const differences = async (hashes: ReadonlyMap<string, string>, origin: string): Promise<string[]> => {
  const different: string[] = []
  for (const [path, hash] of hashes) {
    const response = await fetch(origin + addressOf(path), { redirect: 'error' }).catch(() => null)
    const served = response?.ok ? sha256(new Uint8Array(await response.arrayBuffer())) : null
    if (served !== hash) different.push(path)
  }
  return different
}

const main = async ([option, origin]: readonly string[]): Promise<void> => {
  const hashes = await hashesOf(DIST_DIR)
  if (option === undefined) {
    for (const [path, hash] of hashes) console.log(`${hash}  ${path}`)
    return
  }
  if (option !== '--against' || origin === undefined || !URL.canParse(origin))
    throw new Error('Usage: npm run hashes [-- --against https://host.example]')
  const different = await differences(hashes, new URL(origin).origin)
  for (const path of different) console.log(`differs: ${path}`)
  console.log(`${hashes.size - different.length} of ${hashes.size} files are those of this build`)
  if (different.length > 0) process.exitCode = 1
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
