import { AxeBuilder } from '@axe-core/playwright'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { setUp } from './support/family.ts'
import { button, heading, hold, walkWizard } from './support/hands.ts'
import { joinService } from './support/join-service.ts'
import {
  letterLink,
  newAddress,
  openPlace,
  type Place,
  stopLink,
  testAt,
  waitForMails,
} from './support/place.ts'
import { en, es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>
type Axe = { run: (options: object) => Promise<{ violations: AxeResults['violations'] }> }

/** axe in light, and, with `inDark`, in dark again for what can differ there, the colours. */
const axe = async (page: Page, inDark: boolean): Promise<string[]> => {
  const tell = (where: string, violations: AxeResults['violations']): string[] =>
    violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${where} ${id} ${target.join(' ')}: ${failureSummary}`),
    )
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  // In the page itself: without it axe opens a page for every result.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const light = await builder.analyze()
  if (!inDark) return tell('light', light.violations)
  await page.emulateMedia({ colorScheme: 'dark' })
  // It is still there from the first time.
  const dark = await page.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run({
      runOnly: { type: 'rule', values: ['color-contrast'] },
      resultTypes: ['violations'],
    }),
  )
  await page.emulateMedia({ colorScheme: 'light' })
  return [...tell('light', light.violations), ...tell('dark', dark.violations)]
}

const NARROW = { width: 320, height: 640 }

/** Whether the page has to be moved sideways on the narrowest phone, and by what. */
const sideways = async (page: Page): Promise<string[]> => {
  const before = page.viewportSize()
  await page.setViewportSize(NARROW)
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map((element) => `wider than the screen: ${element.tagName} ${element.className}`)
  })
  if (before !== null) await page.setViewportSize(before)
  return wide
}

/** Whatever can be used is reached by Tab, and can be seen to have the focus. */
const byTab = async (page: Page): Promise<string[]> => {
  // From the top, whatever had the focus before.
  const wanted = await page.evaluate(() => {
    ;(document.activeElement as HTMLElement | null)?.blur()
    const scope = document.querySelector('dialog[open]') ?? document
    const usable = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea'
    const all = [...scope.querySelectorAll<HTMLElement>(usable)].filter((element) =>
      element.checkVisibility(),
    )
    const groups = new Set<string>()
    return all.flatMap((element, at) => {
      // Of radio buttons with one name the chosen one stands for all; arrows reach the others.
      if (element instanceof HTMLInputElement && element.type === 'radio') {
        const chosen = all.find(
          (one) => one instanceof HTMLInputElement && one.name === element.name && one.checked,
        )
        if (groups.has(element.name) || (chosen !== undefined && chosen !== element)) return []
        groups.add(element.name)
      }
      element.dataset.tab = String(at)
      return [String(at)]
    })
  })
  const missing = new Set(wanted)
  const unseen: string[] = []
  for (let tabs = 0; tabs < 2 * wanted.length + 3 && missing.size > 0; tabs += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement) || element.dataset.tab === undefined) return null
      const seen = (one: Element | null): boolean => {
        if (one === null) return false
        const style = getComputedStyle(one)
        return (
          (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) ||
          style.boxShadow !== 'none'
        )
      }
      const label = element.closest('label')
      return {
        tab: element.dataset.tab,
        isSeen: seen(element) || seen(label),
        what: element.outerHTML.slice(0, 80),
      }
    })
    if (focused === null) continue
    missing.delete(focused.tab)
    if (!focused.isSeen) unseen.push(`focus not seen: ${focused.what}`)
  }
  const lost = await page.evaluate(
    (tabs) => tabs.map((tab) => document.querySelector(`[data-tab="${tab}"]`)?.outerHTML.slice(0, 80) ?? tab),
    [...missing],
  )
  return [...unseen, ...lost.map((what) => `not reached by Tab: ${what}`)]
}

/**
 * Looks at one state after the other. `faults`: what is wrong, by state. Colours and the way of the focus are the same in every
 * language: in Spanish they are looked at, in English only what words change.
 */
const inspector = (isFull: boolean) => {
  const faults: Record<string, string[]> = {}
  /** `passing`: the state ends by itself, so that there is time for axe alone. */
  const look = async (state: string, page: Page, passing = false): Promise<void> => {
    const found = await axe(page, isFull)
    if (!passing) found.push(...(await sideways(page)))
    if (!passing && isFull) found.push(...(await byTab(page)))
    if (found.length > 0) faults[state] = found
  }
  return { faults, look }
}

describe.concurrent.for([es, en])('nothing keeps anybody out, in $language,', (texts) => {
  const { language } = texts

  test('of the set-up and the practice', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    await page.goto('/')
    await heading(page, texts.setup('welcome.title')).waitFor()
    await look('welcome', page)
    const email = newAddress('rosa')
    await walkWizard(
      page,
      texts,
      { owner: 'Ana', name: 'Rosa', email, word: 'Jacaranda azul' },
      async (step) => {
        await look(step === 5 ? 'invitation' : `step ${step}`, page)
        if (step === 2) {
          await page.locator('#contact-email').fill('x')
          await button(page, texts.setup('wizard.next')).click()
          await look('step 2, with what is wrong', page)
          await page.locator('#contact-email').fill(email)
        }
      },
    )
    await heading(page, texts.app('practice.title')).waitFor()
    await look('practice', page)
    await hold(page)
    await heading(page, texts.app('alert.practised')).waitFor()
    await look('practised', page)
    await button(page, texts.app('alert.practised.done')).click()
    await page.locator('.hold').waitFor()
    await look('home, amber', page)
    expect(faults).toEqual({})
  })

  test('of the owner’s pages', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    await setUp(page, place, {
      contacts: [
        { name: 'Rosa', lock: { kind: 'word', word: 'Jacaranda', hint: 'Plaza' } },
        { name: 'José', standing: 'accepted', email: null },
      ],
    })
    if (language === 'en') await page.locator('html[lang=en]').waitFor()
    await look('home', page)
    for (const [where, title] of [
      ['more', texts.setup('more.title')],
      ['people', texts.setup('people.title')],
      ['you', texts.setup('more.you')],
      ['words', texts.setup('words.title')],
      ['erase', texts.setup('more.erase')],
      ['restore', texts.setup('restore.title')],
      ['person/new', texts.setup('person.new')],
      ['rights', texts.app('rights.officer')],
    ] as const) {
      await page.goto(`/#/${where}`)
      await heading(page, title).waitFor()
      if (where.startsWith('person')) await page.locator('#letter').waitFor()
      if (where === 'people') await page.getByRole('link', { name: /^Rosa/ }).waitFor()
      if (where === 'words') await page.locator('.words').waitFor()
      if (where === 'you') await page.locator('#name').waitFor()
      await look(where, page)
    }
    await page.goto('/#/words')
    await button(page, texts.setup('words.written')).click()
    await button(page, texts.setup('words.check')).click()
    await look('words, asked back, with what is wrong', page)
    await page.goto('/#/people')
    await page.getByRole('link', { name: /^Rosa/ }).click()
    await page.locator('#letter').waitFor()
    await button(page, texts.setup('person.remove')).click()
    await page.getByRole('dialog').waitFor()
    await look('the question before a person is removed', page)
    expect(faults).toEqual({})
  })

  test('of a press and of the contact’s pages', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { context, page } = await phone({ language })
    const email = newAddress('rosa')
    await setUp(page, place, {
      delayMs: 8_000,
      contacts: [
        {
          email,
          text: 'La carta.',
          lock: { kind: 'word', word: 'Jacaranda', hint: 'Plaza' },
          phrase: 'la bicicleta',
        },
      ],
    })
    await context.setOffline(true)
    await hold(page)
    await heading(page, texts.app('alert.stored')).waitFor()
    await look('stored', page)
    await context.setOffline(false)
    await heading(page, texts.app('alert.counting')).waitFor()
    await look('counting', page, true)
    await heading(page, texts.app('alert.open')).waitFor()
    await look('open', page)
    await button(page, texts.app('clear.button')).click()
    await page.getByRole('dialog').waitFor()
    await look('the question before the all-clear', page)

    const [mail] = await waitForMails(place.server, email)
    const { page: reader } = await phone({ language })
    await reader.goto(letterLink(mail!))
    await reader.locator('#family-word').waitFor()
    await look('letter, closed', reader)
    await reader.locator('#family-word').fill('otra')
    await button(reader, texts.reader('open.button')).click()
    await reader.getByText(texts.reader('word.wrong')).waitFor()
    await look('letter, wrong word', reader)
    await reader.locator('#family-word').fill('jacaranda')
    await button(reader, texts.reader('open.button')).click()
    await reader.locator('.letter').waitFor()
    await look('letter, open', reader)
    await reader.goto(stopLink(mail!))
    await heading(reader, texts.stop('title')).waitFor()
    await look('stop', reader)
    await button(reader, texts.stop('owner')).click()
    await heading(reader, texts.stop('sure.owner')).waitFor()
    await look('stop, asked once more', reader)
    await button(reader, texts.stop('sure.yes')).click()
    await heading(reader, texts.stop('done')).waitFor()
    await look('stopped', reader)
    await reader.goto('/letter#damaged')
    await heading(reader, texts.reader('damaged.title')).waitFor()
    await look('letter, damaged', reader)
    const unknown = encodeLink({ kind: 'letter', vault: random(16), id: random(16), secret: random(16) })
    await reader.goto(`/letter#${unknown}`)
    await heading(reader, texts.reader('unknown.title')).waitFor()
    await look('letter, unknown', reader)

    await button(page, texts.app('clear.yes')).click()
    await heading(page, texts.app('alert.cleared')).waitFor()
    await look('cleared', page)
    expect(faults).toEqual({})
  })

  test('of an invitation', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { context, page } = await phone({ language })
    const service = await joinService(context)
    const one = service.invite({ language })
    await page.goto('/join')
    await heading(page, texts.join('none.title')).waitFor()
    await look('no invitation', page)
    await page.goto(one.link)
    await button(page, texts.join('invited.next')).waitFor()
    await look('invited', page)
    await button(page, texts.join('invited.next')).click()
    await page.locator('#address').fill('rosa')
    await button(page, texts.join('form.code')).click()
    await look('form, with what is wrong', page)
    await page.locator('#address').fill(`${'rosa.'.repeat(12)}perez@example.com`)
    await button(page, texts.join('form.code')).click()
    await page.locator('#code').fill('000000')
    await button(page, texts.join('form.accept')).click()
    await page.getByText(texts.join('trouble.wrong-code')).waitFor()
    await look('code, wrong', page)
    await page.locator('#code').fill(one.code!)
    await button(page, texts.join('form.accept')).click()
    await heading(page, texts.join('accepted.title')).waitFor()
    await look('accepted', page)
    await button(page, texts.join('accepted.leave')).click()
    await look('leave', page)
    await button(page, texts.join('leave.all')).click()
    await look('leave, asked once more', page)
    await button(page, texts.join('leave.yes')).click()
    await heading(page, texts.join('left.title')).waitFor()
    await look('left', page)
    one.letters = [
      { letter: toText(random(16)), state: 'open', pressedAt: Date.now() },
      { letter: toText(random(16)), state: 'expired', pressedAt: 1 },
    ]
    await page.reload()
    await page.getByText(texts.join('out.open-alert')).waitFor()
    await look('after an alert', page)
    await button(page, texts.join('out.invitation')).click()
    await heading(page, texts.join('left.title')).waitFor()
    await look('left, after an alert', page)
    await page.evaluate(() => sessionStorage.clear())
    await page.goto('/robots.txt')
    await page.goto('/join')
    await heading(page, texts.join('list.title')).waitFor()
    await look('list', page)
    expect(faults).toEqual({})
  })
})

// Apart from the others: all at once they would take longer than a test may.
describe.for([es, en])('nothing keeps anybody out of what is handed over, in $language,', (texts) => {
  const { language } = texts

  test('of invitations', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    const { document } = await setUp(page, place, {
      contacts: [
        { name: 'Luz', standing: 'new' },
        { name: 'José', standing: 'accepted', email: null },
      ],
    })
    await page.goto(`/#/invite/${document.contacts[0]?.id}`)
    await button(page, texts.setup('invite.qr')).click()
    await page.locator('main > .stack .qr').waitFor()
    await look('invitation, as a code', page)
    await page.goto(`/#/person/${document.contacts[1]?.id}`)
    await page.locator('#letter').waitFor()
    await look('person who has accepted', page)
    await button(page, texts.setup('reinvite.button')).click()
    await page.getByRole('dialog').waitFor()
    await look('the question before a new invitation', page)
    await button(page, texts.setup('reinvite.no')).click()
    expect(faults).toEqual({})
  })
})
