import { access, constants } from 'node:fs/promises'
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

/**
 * The Chromium to test with: `AMPARO_CHROMIUM`, else one that is installed, else (Linux on x64) the one in the package
 * `@sparticuz/chromium`.
 * @returns path of its executable
 * @throws Error that says what to install, if there is none
 */
export const findChromium = async (): Promise<string> => {
  const chosen = process.env.AMPARO_CHROMIUM
  if (chosen !== undefined && chosen !== '') {
    if (await isThere(chosen)) return chosen
    throw new Error(`AMPARO_CHROMIUM names ${chosen}, which is no program.`)
  }
  for (const path of USUAL_PLACES) if (await isThere(path)) return path
  if (process.platform === 'linux' && process.arch === 'x64') {
    const packed = await import('@sparticuz/chromium')
    return packed.default.executablePath()
  }
  throw new Error('No Chromium was found. Install Chromium or Chrome, or set AMPARO_CHROMIUM to its path.')
}

/** Starts it without a window. Who starts it closes it. */
export const launch = async (options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({
    ...options,
    executablePath: await findChromium(),
    args: [...BROWSER_FLAGS, ...(options.args ?? [])],
  })
