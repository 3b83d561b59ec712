import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

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
export const inspector = (isFull: boolean) => {
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
