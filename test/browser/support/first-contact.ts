import type { Locator, Page } from 'playwright-core'
import { button, heading, hold, link } from './hands.ts'
import type { Texts } from './texts.ts'

/**
 * The path of somebody who has never seen the app, to the first contact invited and the button practised: counted as it is
 * walked. One walk for the tests, and for the pictures in `docs/first-contact.md`.
 */
export type Step = { id: StepId; taps: number; fields: number }
export type StepId = 'welcome' | 'you' | 'contact' | 'letter' | 'opening' | 'invitation' | 'practice'

export const FIRST = { es: { owner: 'Ana María', contact: 'Rosa' }, en: { owner: 'Ana', contact: 'Rosa' } }

/** What a finger does, counted. */
const handsOf = (page: Page, count: Step) => ({
  tap: async (target: Locator): Promise<void> => {
    await target.click()
    count.taps += 1
  },
  /** One tap into the field, one typed field. */
  type: async (field: string, text: string): Promise<void> => {
    await page.locator(field).fill(text)
    count.taps += 1
    count.fields += 1
  },
  /** One tap opens the list, one picks. */
  choose: async (field: string, value: string): Promise<void> => {
    await page.locator(field).selectOption(value)
    count.taps += 2
  },
})

/** @param atStep sees each step filled, before it is left */
export const walkToFirstContact = async (
  page: Page,
  texts: Texts,
  atStep: (id: StepId) => Promise<void> = async () => undefined,
): Promise<Step[]> => {
  const steps: Step[] = []
  const { owner, contact } = FIRST[texts.language]
  const next = button(page, texts.setup('wizard.next'))
  const step = async (
    id: StepId,
    title: string,
    walk: (hands: ReturnType<typeof handsOf>) => Promise<Locator | null>,
  ): Promise<void> => {
    await heading(page, title).waitFor()
    const count = { id, taps: 0, fields: 0 }
    const hands = handsOf(page, count)
    const leave = await walk(hands)
    await atStep(id)
    if (leave !== null) await hands.tap(leave)
    steps.push(count)
  }
  await page.goto('/')
  await step('welcome', texts.setup('welcome.title'), async () => button(page, texts.setup('welcome.start')))
  await step('you', texts.setup('step.1.title'), async ({ type, choose }) => {
    await type('#name', owner)
    await choose('#state', 'CA')
    await choose('#county', 'ca-santa-clara')
    return next
  })
  await step('contact', texts.setup('step.2.title'), async ({ type }) => {
    await type('#contact-name', contact)
    return next
  })
  await step('letter', texts.setup('step.3.title'), async () => {
    await page.locator('#letter').waitFor()
    return next
  })
  await step('opening', texts.setup('step.4.title'), async () => button(page, texts.setup('step.4.done')))
  await step('invitation', texts.setup('invite.title'), async ({ tap }) => {
    await tap(button(page, texts.setup('invite.qr')))
    await page.locator('main > .stack .qr').waitFor()
    return link(page, texts.setup('invite.practice'))
  })
  await step('practice', texts.app('practice.title'), async ({ tap }) => {
    await hold(page)
    await tap(button(page, texts.app('alert.practised.done')))
    await page.locator('.hold').waitFor()
    return null
  })
  // The hold of the practice is a tap too, if a long one.
  return steps.map((one) => (one.id === 'practice' ? { ...one, taps: one.taps + 1 } : one))
}

/** What each step is, in the words of the page. */
const NAMES: Record<StepId, string> = {
  welcome: 'The first page: start',
  you: 'Your name; state and county, for the hotline',
  contact: 'The first person’s name; the address, if you know it',
  letter: 'The letter: begun already, in the language of who will read it',
  opening: 'How it opens: the invitation, and a family word if you want one now',
  invitation: 'The invitation: the QR code, WhatsApp, any other way, or paper',
  practice: 'The practice: hold for two seconds, then back to the button',
}

/** The table as it stands in `docs/first-contact.md`. */
export const tableOfSteps = (steps: readonly Step[]): string => {
  const sum = (pick: (step: Step) => number): number => steps.reduce((total, step) => total + pick(step), 0)
  return [
    '| step | taps | typed fields |',
    '| --- | --- | --- |',
    ...steps.map(({ id, taps, fields }) => `| ${NAMES[id]} | ${taps} | ${fields} |`),
    `| **together** | **${sum(({ taps }) => taps)}** | **${sum(({ fields }) => fields)}** |`,
  ].join('\n')
}
