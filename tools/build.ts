import { join } from 'node:path'
import { printBudgets } from './budgets.ts'
import { run } from './run.ts'
import { bundleWorker, ROOT } from './wrangler.ts'

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
