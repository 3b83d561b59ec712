import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { run } from './run.ts'

/**
 * How a host's overlay gets into what is built, without a file of ours being touched: in the pages a merged file stands for ours, in the Worker
 * two constants do, which is all that mails need.
 */
const TOP = join(import.meta.dirname, '..')

/** What an overlay may change. */
export const OVERLAID = [
  'hotlines',
  'hotline-areas',
  'hotline-details',
  'other-lines',
  'hotline-sources',
  'library',
  'library-sources',
  'next-steps',
  'next-steps-sources',
  'consulates',
  'consulates-sources',
] as const
export type Overlaid = Record<string, unknown>

/** `AMPARO_CONTENT_OVERLAY`, else `content-overlay.json` if there is one; null: none. */
export const overlayPath = async (): Promise<string | null> => {
  const named = process.env.AMPARO_CONTENT_OVERLAY
  if (named !== undefined && named !== '') return named
  const path = 'content-overlay.json'
  return access(join(TOP, path)).then(
    () => path,
    () => null,
  )
}

/**
 * Our files with the overlay in them, by their names; null without one.
 * @throws Error with every fault
 */
export const overlaidContent = async (): Promise<Overlaid | null> => {
  if ((await overlayPath()) === null) return null
  // A process of its own: Vite's runner there turns its whole process into a development one.
  const { code, output } = await run(process.execPath, [join(TOP, 'tools/content.ts'), '--merged'], {
    cwd: TOP,
  })
  if (code !== 0) throw new Error(output)
  return JSON.parse(output) as Overlaid
}

/** Arguments for wrangler; see `src/content/hotline.ts` and `hotline-area.ts`. */
export const definesFor = (overlaid: Overlaid | null): string[] =>
  overlaid === null
    ? []
    : [
        '--define',
        `AMPARO_HOTLINES:${JSON.stringify(overlaid.hotlines)}`,
        '--define',
        `AMPARO_HOTLINE_AREAS:${JSON.stringify(overlaid['hotline-areas'])}`,
      ]

/** In a build of the pages, the merged files stand for ours. */
export const contentOverlay = (): Plugin => {
  let overlaid: Promise<Overlaid | null> | null = null
  return {
    name: 'amparo-content-overlay',
    enforce: 'pre',
    load: async (id) => {
      const name = /\/src\/content\/([a-z-]+)\.json$/.exec(id)?.[1]
      if (name === undefined) return null
      overlaid ??= overlaidContent()
      const data = (await overlaid)?.[name]
      return data === undefined ? null : JSON.stringify(data)
    },
  }
}
