import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { printBudgets } from './budgets.ts'
import { run } from './run.ts'
import { bundleWorker, DIST_DIR, ROOT } from './wrangler.ts'

/**
 * A service worker that was built without its list looks like any other one, and keeps nothing.
 * @throws Error that names the files which would be missing without a line
 */
const checkPrecache = async (): Promise<void> => {
  const worker = await readFile(join(DIST_DIR, 'sw.js'), 'utf8')
  const files = (await readdir(DIST_DIR, { recursive: true })).filter(
    (name) => name.endsWith('.html') || /(?:^|\/)assets\/[^/]+$/.test(name),
  )
  const missing = files.filter((name) => !worker.includes(name))
  if (missing.length > 0) throw new Error(`The service worker would not keep: ${missing.join(', ')}`)
}

/**
 * Builds pages and service worker into `dist/`, and the Worker into `build/`.
 * @throws Error with the words of the tool that failed, or with the faults of the content
 */
export const build = async (): Promise<void> => {
  // A process of its own: Vite's runner there turns its whole process into a development one.
  const content = await run(process.execPath, [join(ROOT, 'tools/content.ts')], { cwd: ROOT })
  console.log(content.output.trim())
  if (content.code !== 0) throw new Error('Nothing is built with faults in the content.')
  const { code, output } = await run(
    process.execPath,
    [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'],
    {
      cwd: ROOT,
    },
  )
  if (code !== 0) throw new Error(`The app could not be built:\n${output}`)
  await checkPrecache()
  await bundleWorker()
}

if (import.meta.main) {
  try {
    await build()
    if (!(await printBudgets())) process.exitCode = 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
