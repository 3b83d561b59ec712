import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { promisify } from 'node:util'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

/** No sandbox, for containers; nothing that speaks to the network by itself. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

const SHELL = '/usr/bin/chromium-headless-shell'

/** Where systems put a Chromium, or a browser made of it. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

const isThere = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )

const starts = (path: string): Promise<boolean> =>
  promisify(execFile)(path, ['--version'], { timeout: 30_000 }).then(
    () => true,
    () => false,
  )

/** The one in the package `@sparticuz/chromium`, unpacked; null where it does not run. */
const packed = async (): Promise<string | null> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const path = await import('@sparticuz/chromium').then(({ default: it }) => it.executablePath())
  return (await starts(path)) ? path : null
}

/**
 * The Chromium to test with: `AMPARO_CHROMIUM`, else a headless shell, that of the machine before that of the package (Linux on
 * x64), else what is installed. A shell draws the same pages without a window's machinery: the tests take half the time.
 * @returns path of its executable
 * @throws Error that says what to install, if there is none
 */
export const findChromium = async (): Promise<string> => {
  const chosen = process.env.AMPARO_CHROMIUM
  if (chosen !== undefined && chosen !== '') {
    if (await isThere(chosen)) return chosen
    throw new Error(`AMPARO_CHROMIUM names ${chosen}, which is no program.`)
  }
  if (await isThere(SHELL)) return SHELL
  const shell = await packed().catch(() => null)
  if (shell !== null) return shell
  for (const path of USUAL_PLACES) if (await isThere(path)) return path
  throw new Error('No Chromium was found. Install Chromium or Chrome, or set AMPARO_CHROMIUM to its path.')
}

/** Starts it without a window. Who starts it closes it. */
export const launch = async (options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({
    ...options,
    executablePath: await findChromium(),
    args: [...BROWSER_FLAGS, ...(options.args ?? [])],
  })
