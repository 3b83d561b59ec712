import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../tools/port.ts'
import { type Engine, HEIGHT, LOCALES, until, WIDTH } from './phone.ts'

/** Firefox as it is installed, by WebDriver BiDi, which it speaks itself. */
const BROWSER = process.env.AMPARO_FIREFOX ?? 'firefox-esr'

/** Firefox must not telephone while it is looked at, nor ask questions. */
const prefs = (language: 'es' | 'en', touch: boolean): Record<string, string | number | boolean> => ({
  'intl.accept_languages': `${LOCALES[language]},${language}`,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.newtabpage.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'services.settings.server': 'data:,',
  'dom.w3c_touch_events.enabled': touch ? 1 : 2,
  // It hands the page to a printer's file at once.
  'print.always_print_silent': true,
})

type Result = { result?: Record<string, unknown>; error?: string; message?: string; id?: number }

/** @returns asks, and waits for the answer */
const connect = async (url: string) => {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('no connection'))
  })
  const waiting = new Map<number, (result: Result) => void>()
  let count = 0
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(String(data)) as Result
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  }
  return async (method: string, params: object = {}): Promise<Record<string, unknown>> => {
    count += 1
    const id = count
    const answer = await new Promise<Result>((resolve) => {
      waiting.set(id, resolve)
      socket.send(JSON.stringify({ id, method, params }))
    })
    waiting.delete(id)
    if (answer.result === undefined) throw new Error(`${method}: ${answer.error} ${answer.message}`)
    return answer.result
  }
}

export const firefox: Engine = async ({ language, profile, touch = false }) => {
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'amparo-firefox-')))
  await mkdir(folder, { recursive: true })
  const lines = Object.entries(prefs(language, touch)).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  await writeFile(join(folder, 'user.js'), `${lines.join('\n')}\n`)
  const port = await freePort()
  const browser = spawn(
    BROWSER,
    ['--headless', '--no-remote', '--profile', folder, `--remote-debugging-port=${port}`],
    { stdio: 'ignore' },
  )
  const ended = once(browser, 'exit')
  const ask = await until(() => connect(`ws://127.0.0.1:${port}/session`), 60_000)
  const { capabilities } = (await ask('session.new', { capabilities: {} })) as {
    capabilities: { browserName: string; browserVersion: string }
  }
  const { contexts } = (await ask('browsingContext.getTree')) as { contexts: { context: string }[] }
  const context = contexts[0]?.context
  if (context === undefined) throw new Error('Firefox has no page')
  await ask('browsingContext.setViewport', {
    context,
    viewport: { width: WIDTH, height: HEIGHT },
    devicePixelRatio: 2,
  })
  const call = async <T>(body: string, ...args: unknown[]): Promise<T> => {
    const answer = (await ask('script.evaluate', {
      expression: `(async () => JSON.stringify((await (${body})(...${JSON.stringify(args)})) ?? null))()`,
      target: { context },
      awaitPromise: true,
      userActivation: false,
    })) as { type: string; result?: { value: string }; exceptionDetails?: { text: string } }
    if (answer.result === undefined) throw new Error(answer.exceptionDetails?.text)
    return JSON.parse(answer.result.value) as T
  }
  return {
    version: `Firefox ${capabilities.browserVersion}`,
    pointer: touch ? 'touch' : 'mouse',
    goto: async (url) => void (await ask('browsingContext.navigate', { context, url, wait: 'complete' })),
    call,
    act: async (actions) => void (await ask('input.performActions', { context, actions })),
    look: async () => void (await ask('browsingContext.activate', { context })),
    picture: async () =>
      Buffer.from((await ask('browsingContext.captureScreenshot', { context })).data as string, 'base64'),
    print: async () =>
      Buffer.from((await ask('browsingContext.print', { context })).data as string, 'base64'),
    close: async () => {
      await ask('browser.close').catch(() => undefined)
      await ended
      if (profile === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
