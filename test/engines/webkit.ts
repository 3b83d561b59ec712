import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../tools/port.ts'
import { type Engine, HEIGHT, LOCALES, until, WIDTH } from './phone.ts'

/**
 * WebKitGTK by its own driver and browser (on Debian: `webkit2gtk-driver`, which brings both). Each session has an empty profile that is in
 * memory only. Needs a display: `xvfb-run`.
 */
const DRIVER = process.env.AMPARO_WEBKIT_DRIVER ?? 'WebKitWebDriver'
const BROWSER = process.env.AMPARO_WEBKIT ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'

/** The bar above the page would make the window wider than a phone. */
const NARROW =
  '* { min-width: 0; padding: 0; margin: 0; font-size: 1px; -gtk-icon-transform: scale(0.1); } image { -gtk-icon-theme: none; }'

export const webkit: Engine = async ({ language }) => {
  const port = await freePort()
  const locale = `${LOCALES[language].replace('-', '_')}.UTF-8`
  const home = await mkdtemp(join(tmpdir(), 'amparo-webkit-'))
  await mkdir(join(home, 'gtk-3.0'))
  await writeFile(join(home, 'gtk-3.0', 'gtk.css'), NARROW)
  const driver = spawn(DRIVER, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, LANG: locale, LC_ALL: locale, LANGUAGE: locale, XDG_CONFIG_HOME: home },
  })
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { value } = (await response.json()) as { value: { error?: string; message?: string } }
    if (!response.ok) throw new Error(`${path}: ${value.error} ${value.message}`)
    return value
  }
  await until(() => ask('GET', '/status'))
  const { sessionId, capabilities } = (await ask('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] },
        timeouts: { script: 120_000, pageLoad: 60_000 },
      },
    },
  })) as { sessionId: string; capabilities: { browserVersion: string } }
  const session = `/session/${sessionId}`
  const post = (path: string, body: object = {}) => ask('POST', session + path, body)
  const call = async <T>(body: string, ...args: unknown[]): Promise<T> =>
    (await post('/execute/sync', { script: `return (${body})(...arguments)`, args })) as T
  const resize = async (width: number, height: number) => post('/window/rect', { width, height })
  await resize(WIDTH, HEIGHT)
  const [wide, high] = await call<[number, number]>('() => [innerWidth, innerHeight]')
  await resize(WIDTH + (WIDTH - wide), HEIGHT + (HEIGHT - high))
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    pointer: 'mouse',
    goto: async (url) => void (await post('/url', { url })),
    call,
    act: async (actions) => void (await post('/actions', { actions })),
    look: async () => undefined,
    picture: async () => Buffer.from((await ask('GET', `${session}/screenshot`)) as string, 'base64'),
    // WebKitGTK's driver has no such command.
    print: null,
    close: async () => {
      await ask('DELETE', session).catch(() => undefined)
      driver.kill()
      await once(driver, 'exit')
      await rm(home, { recursive: true, force: true })
    },
  }
}
