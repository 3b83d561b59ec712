import type { Locator, Page } from 'playwright-core'
import { later, WAIT_MS } from './place.ts'
import type { Texts } from './texts.ts'

/** What a person does with the pages. */
export const heading = (page: Page, name: string): Locator =>
  page.getByRole('heading', { name, level: 1, exact: true })
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
export const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true })

const press = async (page: Page): Promise<void> => {
  // Not before it stands still: what is still coming above it moves it.
  await page.locator('.hold').hover()
  await page.mouse.down()
}

/** Holds the button until the screen answers, as a person does. */
export const hold = async (page: Page): Promise<void> => {
  await press(page)
  await page.locator('.hold').waitFor({ state: 'detached' })
  await page.mouse.up()
}

/** Holds it for `ms`, whatever happens. */
export const holdFor = async (page: Page, ms: number): Promise<void> => {
  await press(page)
  await later(ms)
  await page.mouse.up()
}

/** A page looks again by itself each minute; here it is left and comes back, until it has seen. */
export const sees = async (page: Page, text: string): Promise<void> => {
  const said = page.getByText(text).first()
  for (const end = Date.now() + WAIT_MS; !(await said.isVisible()); await later(1_000)) {
    if (Date.now() > end) throw new Error(`it was never seen: ${text}`)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  }
}

export type FirstContact = {
  owner: string
  name: string
  email?: string
  letter?: string
  word?: string
  hint?: string
}

/**
 * The wizard from its first page to the practice, or to what keeps its last step from working. `atStep` runs on each of the four
 * steps, filled and not yet left, and on the invitation (5).
 */
export const walkWizard = async (
  page: Page,
  texts: Texts,
  first: FirstContact,
  atStep: (step: 1 | 2 | 3 | 4 | 5) => Promise<void> = async () => undefined,
): Promise<void> => {
  const next = button(page, texts.setup('wizard.next'))
  await button(page, texts.setup('welcome.start')).click()
  await page.locator('#name').fill(first.owner)
  await page.locator('#state').selectOption('CA')
  await page.locator('#county').selectOption('ca-santa-clara')
  await atStep(1)
  await next.click()
  await page.locator('#contact-name').fill(first.name)
  await page.locator('#contact-email').fill(first.email ?? '')
  await atStep(2)
  await next.click()
  await page.locator('#letter').waitFor()
  if (first.letter !== undefined) await page.locator('#letter').fill(first.letter)
  await atStep(3)
  await next.click()
  await page.locator('#word').fill(first.word ?? '')
  if (first.word !== undefined) await page.locator('#hint').fill(first.hint ?? '')
  await atStep(4)
  await button(page, texts.setup('step.4.done')).click()
  await heading(page, texts.setup('invite.title'))
    .or(heading(page, texts.setup('person-check.title')))
    .or(page.locator('main .wrong'))
    .first()
    .waitFor()
  if (!(await heading(page, texts.setup('invite.title')).isVisible())) return
  await atStep(5)
  await goToPractice(page, texts)
}

/** From the invitation that comes at the end of the set-up. */
export const goToPractice = async (page: Page, texts: Texts): Promise<void> => {
  await link(page, texts.setup('invite.practice')).click()
  await heading(page, texts.app('practice.title')).waitFor()
}

const READY_MS = 30_000
const LOADS = 4

/**
 * Waits until the service worker is there. An install that failed is tried again by a browser only at the next load, so the page
 * is loaded again.
 * @throws Error if it does not come
 */
export const serviceWorkerReady = async (page: Page): Promise<void> => {
  for (let loads = 0; loads < LOADS; loads += 1) {
    const isReady = await page.evaluate(
      (ms) =>
        Promise.race([
          navigator.serviceWorker.ready.then(() => true),
          new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms)),
        ]),
      READY_MS,
    )
    if (isReady) return
    await page.reload()
  }
  throw new Error('the service worker was not installed')
}
