import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { toText } from '../src/protocol/bytes.ts'
import { PRESS_AGE_MAX_MS, PRESS_BODY_MAX_BYTES } from '../src/protocol/limits.ts'
import { PressRequest } from '../src/protocol/press.ts'
import { BUNDLE_DIR, DIST_DIR } from './wrangler.ts'

/** One thing that is weighed. `bytes` is null, with a reason, where there is nothing to weigh: that is over budget too. */
export type Weight = { name: string; bytes: number | null; limit: number; note: string }

/** kB are 1,000 bytes, after gzip, as they go over the line; a press goes as it is. */
export const LIMITS = {
  button: 40_000,
  serviceWorker: 18_000,
  letter: 45_000,
  after: 12_000,
  join: 45_000,
  witness: 45_000,
  help: 150_000,
  worker: 200_000,
  press: PRESS_BODY_MAX_BYTES,
} as const

/** What Vite's manifest says of one file (its own type is wider). */
export type Chunk = {
  file: string
  src?: string
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
}
export type Manifest = Record<string, Chunk>

const gzipped = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length

/** Scripts and style sheets that a page names, as paths below `dist`. */
export const namedBy = (html: string): { scripts: string[]; styles: string[] } => {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? []
  const attribute = (tag: string, name: string) => tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1]
  const local = (address: string | undefined) => (address?.startsWith('/') ? [address.slice(1)] : [])
  return {
    scripts: tags.flatMap((tag) =>
      tag.startsWith('<script')
        ? local(attribute(tag, 'src'))
        : attribute(tag, 'rel') === 'modulepreload'
          ? local(attribute(tag, 'href'))
          : [],
    ),
    styles: tags.flatMap((tag) =>
      attribute(tag, 'rel') === 'stylesheet' ? local(attribute(tag, 'href')) : [],
    ),
  }
}

/**
 * `files` and everything that they import statically, with the style sheets that come along; dynamic imports only where
 * `follows` says so, by their key in the manifest.
 */
export const closure = (
  manifest: Manifest,
  files: readonly string[],
  follows: (key: string) => boolean = () => false,
): { scripts: Set<string>; styles: Set<string> } => {
  const scripts = new Set<string>()
  const styles = new Set<string>()
  const byFile = new Map(Object.values(manifest).map((chunk) => [chunk.file, chunk]))
  const visit = (file: string) => {
    if (scripts.has(file)) return
    scripts.add(file)
    const chunk = byFile.get(file)
    for (const style of chunk?.css ?? []) styles.add(style)
    for (const key of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? []).filter(follows)]) {
      const imported = manifest[key]
      if (imported !== undefined) visit(imported.file)
    }
  }
  for (const file of files) visit(file)
  return { scripts, styles }
}

const isCatalog = (key: string): boolean => key.includes('i18n/messages/')

/**
 * The contact's page starts the letter's request from a small script and then loads the rest of itself: all of it counts,
 * but for Argon2id, which only a word needs, for what only a practice letter needs, for what comes once the letter is open, and for the catalogs, of which one is loaded.
 */
export const isOfLetterPage = (key: string): boolean =>
  !isCatalog(key) && ![...LATER, AFTER].some((name) => key.endsWith(name))

const AFTER = 'reader/after/after.tsx'
const LATER = ['crypto/stretch.ts', 'reader/practice-letter.tsx']

/** What an open letter loads beside what is there already, with its own catalog. */
const weighAfter = async (): Promise<{ bytes: number | null; note: string }> => {
  const manifest = JSON.parse(await readFile(join(DIST_DIR, '.vite/letter.json'), 'utf8')) as Manifest
  const html = await readFile(join(DIST_DIR, 'letter.html'))
  const before = closure(manifest, namedBy(html.toString()).scripts, isOfLetterPage).scripts
  const start = Object.entries(manifest).find(([key]) => key.endsWith(AFTER))?.[1]
  const catalogs = catalogFiles(manifest, 'after')
  if (start === undefined || catalogs.length === 0) return { bytes: null, note: 'no such chunk in the build' }
  const weigh = async (file: string) => gzipped(await readFile(join(DIST_DIR, file)))
  const { scripts, styles } = closure(manifest, [start.file])
  const files = [...scripts, ...styles].filter((file) => !before.has(file))
  const code = (await Promise.all(files.map(weigh))).reduce((total, bytes) => total + bytes, 0)
  const catalog = Math.max(...(await Promise.all(catalogs.map(weigh))))
  return { bytes: code + catalog, note: `code ${code}, catalog ${catalog}` }
}

/** What the invitation's page loads only where it is needed: at the latest the letter's page in its own document, weighed above. */
const AFTER_AN_ACT = [
  'reader/main.tsx',
  'join/push-choice.tsx',
  'join/answer.tsx',
  'join/sms-choice.tsx',
  'join/paste.tsx',
]
export const isOfJoinPage = (key: string): boolean =>
  isOfLetterPage(key) && !AFTER_AN_ACT.some((name) => key.endsWith(name))

/** The files of a catalog, one a language. */
export const catalogFiles = (manifest: Manifest, catalog: string): string[] =>
  Object.values(manifest)
    .filter(({ src }) => src?.includes(`i18n/messages/${catalog}/`))
    .map(({ file }) => file)

const weighPage = async (
  page: string,
  catalog: string,
  manifest: Manifest,
  /** Of a page that counts as a whole, with its HTML and style sheets: what it loads by itself. Null: its static scripts alone. */
  follows: ((key: string) => boolean) | null,
): Promise<{ bytes: number | null; note: string }> => {
  const html = await readFile(join(DIST_DIR, page))
  const named = namedBy(html.toString())
  if (named.scripts.length === 0) return { bytes: null, note: `${page} names no script` }
  const { scripts, styles } = closure(manifest, named.scripts, follows ?? undefined)
  for (const style of named.styles) styles.add(style)
  const weigh = async (file: string) => gzipped(await readFile(join(DIST_DIR, file)))
  const sum = async (files: Iterable<string>) =>
    (await Promise.all([...files].map(weigh))).reduce((total, bytes) => total + bytes, 0)
  const catalogs = catalogFiles(manifest, catalog)
  if (catalogs.length === 0) return { bytes: null, note: `no catalog "${catalog}" in the build` }
  // Only one language is ever loaded: the heaviest counts. A catalog that is imported statically is counted already.
  const lazy = catalogs.filter((file) => !scripts.has(file))
  const heaviest = Math.max(0, ...(await Promise.all(lazy.map(weigh))))
  const code = await sum(scripts)
  const rest = follows !== null ? gzipped(html) + (await sum(styles)) : 0
  return {
    bytes: code + heaviest + rest,
    note: `code ${code}, catalog ${heaviest}${follows !== null ? `, page and style ${rest}` : ''}`,
  }
}

/** All help pages in all languages, with everything that they may ever load. */
const weighHelp = async (): Promise<{ bytes: number | null; note: string }> => {
  const files = (await readdir(join(DIST_DIR, 'help'), { recursive: true }))
    .map((name) => `help/${name}`)
    .filter((name) => /\.(?:html|js|css|svg)$/.test(name))
  const sum = async (names: readonly string[]) =>
    (await Promise.all(names.map(async (name) => gzipped(await readFile(join(DIST_DIR, name)))))).reduce(
      (total, bytes) => total + bytes,
      0,
    )
  const [pages, rest] = await Promise.all([
    sum(['help.html', ...files.filter((name) => name.endsWith('.html'))]),
    sum(files.filter((name) => !name.endsWith('.html'))),
  ])
  return { bytes: pages + rest, note: `pages ${pages}, code and data ${rest}` }
}

/** The longest body that a press can have, byte by byte as a client sends it. */
export const largestPress = (): string => {
  const full = (length: number) => toText(new Uint8Array(length).fill(0xff))
  return JSON.stringify(
    PressRequest.parse({
      vault: full(16),
      key: full(32),
      alert: full(16),
      ageMs: PRESS_AGE_MAX_MS,
      practice: false,
    } satisfies PressRequest),
  )
}

const failed = (error: unknown) => ({
  bytes: null,
  note: error instanceof Error ? error.message : String(error),
})

/** Weighs what lies in `dist/` and `build/`. */
export const weigh = async (): Promise<Weight[]> => {
  const page = (file: string, manifest: string, catalog: string, follows: typeof isOfLetterPage | null) =>
    readFile(join(DIST_DIR, '.vite', manifest), 'utf8')
      .then((text) => weighPage(file, catalog, JSON.parse(text) as Manifest, follows))
      .catch(failed)
  const file = (path: string) =>
    readFile(path).then((bytes) => ({ bytes: gzipped(bytes) as number | null, note: '' }), failed)
  return [
    {
      name: "button's first load",
      limit: LIMITS.button,
      ...(await page('index.html', 'index.json', 'app', null)),
    },
    { name: 'service worker', limit: LIMITS.serviceWorker, ...(await file(join(DIST_DIR, 'sw.js'))) },
    {
      name: "contact's page",
      limit: LIMITS.letter,
      ...(await page('letter.html', 'letter.json', 'reader', isOfLetterPage)),
    },
    { name: 'after opening', limit: LIMITS.after, ...(await weighAfter().catch(failed)) },
    {
      name: "invitation's page",
      limit: LIMITS.join,
      ...(await page('join.html', 'join.json', 'join', isOfJoinPage)),
    },
    {
      name: "witness's page",
      limit: LIMITS.witness,
      ...(await page('press.html', 'press.json', 'witness', isOfLetterPage)),
    },
    { name: 'help pages', limit: LIMITS.help, ...(await weighHelp().catch(failed)) },
    { name: 'Worker', limit: LIMITS.worker, ...(await file(join(BUNDLE_DIR, 'index.js'))) },
    {
      name: 'one press',
      limit: LIMITS.press,
      bytes: Buffer.byteLength(largestPress()),
      note: 'not compressed',
    },
  ]
}

export const isOver = ({ bytes, limit }: Weight): boolean => bytes === null || bytes > limit

/**
 * Prints the table.
 * @returns whether everything is within its budget
 */
export const printBudgets = async (): Promise<boolean> => {
  const weights = await weigh()
  console.log('Budgets (bytes after gzip)')
  for (const weight of weights) {
    const mark = isOver(weight) ? 'OVER' : 'ok'
    const bytes = weight.bytes === null ? '?' : String(weight.bytes)
    console.log(
      `  ${weight.name.padEnd(20)} ${bytes.padStart(7)} of ${String(weight.limit).padStart(7)}  ${mark.padEnd(4)}  ${weight.note}`,
    )
  }
  return !weights.some(isOver)
}

if (import.meta.main && !(await printBudgets())) process.exitCode = 1
