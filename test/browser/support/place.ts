import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { test } from 'vitest'
import { launch } from '../../support/chromium.ts'
import { type Mail, type StartOptions, startServer, type TestServer } from '../../support/server.ts'

/** A phone: a browser's profile of its own, with one page open. */
export type Phone = { context: BrowserContext; page: Page }

export type PhoneOptions = BrowserContextOptions & {
  /** Of the phone; the app follows it. */
  language?: 'es' | 'en'
  /** Without one, unless the test is about it: to keep all files is most of what a first visit costs a machine. */
  serviceWorkers?: 'allow' | 'block'
}

/** One server and one browser, shared by a file's tests; each test has phones and addresses of its own. */
export type Place = {
  server: TestServer
  origin: string
  browser: Browser
  phone(options?: PhoneOptions): Promise<Phone>
  close(): Promise<void>
}

/** For whatever a test waits for; a machine that tests has better things to do as well. */
export const WAIT_MS = 60_000
/** The screen on which the app is designed. */
export const SMALL = { width: 360, height: 740 }

export const openPlace = async (options: StartOptions = {}): Promise<Place> => {
  const [server, browser] = await Promise.all([startServer(options), launch()])
  return {
    server,
    origin: server.origin,
    browser,
    phone: async ({ language = 'es', ...more } = {}) => {
      const context = await browser.newContext({
        viewport: SMALL,
        locale: language === 'es' ? 'es-MX' : 'en-US',
        hasTouch: true,
        serviceWorkers: 'block',
        baseURL: server.origin,
        ...more,
      })
      context.setDefaultTimeout(WAIT_MS)
      return { context, page: await context.newPage() }
    },
    close: async () => {
      await browser.close()
      await server.stop()
    },
  }
}

let addresses = 0
/** Nobody else's in this file, so that tests which share an outbox do not see each other's mail. */
export const newAddress = (who = 'someone'): string => {
  addresses += 1
  return `${who}-${addresses}@example.com`
}

export const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Oldest first. */
export const mailsTo = async (server: TestServer, address: string): Promise<Mail[]> =>
  (await server.outbox()).filter(({ to }) => to === address).reverse()

/** @throws Error if fewer than `count` mails to `address` are out in time */
export const waitForMails = async (server: TestServer, address: string, count = 1): Promise<Mail[]> => {
  for (const end = Date.now() + WAIT_MS; ; await later(250)) {
    const mails = await mailsTo(server, address)
    if (mails.length >= count) return mails
    if (Date.now() > end) throw new Error(`${mails.length} of ${count} mails to ${address} went out`)
  }
}

const linkIn = (mail: Mail, page: 'letter' | 'stop'): string => {
  const link = new RegExp(`https?://\\S+/${page}#[1-9A-HJ-NP-Za-km-z]+`).exec(mail.text)?.[0]
  if (link === undefined) throw new Error(`no link to /${page} in the mail`)
  return link
}
export const letterLink = (mail: Mail): string => linkIn(mail, 'letter')
export const stopLink = (mail: Mail): string => linkIn(mail, 'stop')

/** `test` with a `phone` that is closed when the test is over, so that those which follow have the machine for themselves. */
export const testAt = (place: () => Place) =>
  test.extend<{ phone: Place['phone'] }>({
    phone: async ({ task: _ }, use) => {
      const opened: BrowserContext[] = []
      await use(async (options) => {
        const phone = await place().phone(options)
        opened.push(phone.context)
        return phone
      })
      // The app may ask something in the moment in which its test is over; some tests have closed their phone by then.
      const unroute = (context: BrowserContext) =>
        context.unrouteAll({ behavior: 'ignoreErrors' }).catch(() => undefined)
      await Promise.all(opened.map(unroute))
      await Promise.all(opened.map((context) => context.close()))
    },
  })
