import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { definesFor, overlaidContent } from './overlay.ts'
import { type Ran, type RunOptions, run } from './run.ts'

export const ROOT = join(import.meta.dirname, '..')
/** What `wrangler deploy --dry-run` writes: the Worker as it would be uploaded. */
export const BUNDLE_DIR = join(ROOT, 'build')
/** What Vite writes: pages, scripts, service worker. */
export const DIST_DIR = join(ROOT, 'dist')

/** No telemetry, no banner, no log files. */
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
}

/** Runs wrangler in the project's root. Never throws. */
export const wrangler = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  run(process.execPath, [join(ROOT, 'node_modules/wrangler/bin/wrangler.js'), ...args], {
    cwd: ROOT,
    ...options,
    env: { ...QUIET, ...options.env },
  })

/** The configuration without its `[build]`, which would run Vite a second time. */
export const withoutBuild = (toml: string): string => toml.replace(/^\[build\]\n(?:(?!\[).*(?:\n|$))*/m, '')

/**
 * `wrangler deploy` of the Worker with the `dist` that exists: without building again, else exactly as a host would.
 * Never throws.
 */
export const wranglerDeploy = async (args: readonly string[], options: RunOptions = {}): Promise<Ran> => {
  const scratch = join(ROOT, '.amparo')
  const config = join(scratch, `wrangler-${process.pid}.toml`)
  await mkdir(scratch, { recursive: true })
  await writeFile(config, withoutBuild(await readFile(join(ROOT, 'wrangler.toml'), 'utf8')))
  try {
    const defined = definesFor(await overlaidContent())
    return await wrangler(
      ['deploy', 'src/server/index.ts', '--config', config, '--assets', DIST_DIR, ...defined, ...args],
      options,
    )
  } finally {
    await rm(config, { force: true })
  }
}

/**
 * Bundles the Worker into `BUNDLE_DIR`, as it would be uploaded.
 * @throws Error with wrangler's own words
 */
export const bundleWorker = async (): Promise<void> => {
  const fresh = join(ROOT, '.amparo', `bundle-${process.pid}`)
  const { code, output } = await wranglerDeploy(['--dry-run', '--outdir', fresh])
  if (code !== 0) throw new Error(`The Worker could not be bundled:\n${output}`)
  // Only a whole bundle takes the place of the last one.
  await rm(BUNDLE_DIR, { recursive: true, force: true })
  await rename(fresh, BUNDLE_DIR)
}
