import type { Page } from 'playwright-core'
import { button, heading } from './hands.ts'
import { es } from './texts.ts'

/** What a person does with a PIN. */
export const PIN = '493817'
export const SECOND = '270465'

/** On a phone whose app is open. @param second under which there is nothing; null: none */
export const setPin = async (page: Page, pin = PIN, second: string | null = null): Promise<void> => {
  await page.goto('/#/pin')
  await page.locator('#pin-new').fill(pin)
  await page.locator('#pin-again').fill(pin)
  if (second !== null) {
    await page.getByRole('checkbox').check()
    await page.locator('#second-new').fill(second)
    await page.locator('#second-again').fill(second)
  }
  await button(page, es.pin('save')).click()
  await page.getByText(es.pin('is-set')).waitFor()
}

export const enterPin = async (page: Page, pin = PIN, submit = es.pin('unlock.open')): Promise<void> => {
  await page.locator('#pin').fill(pin)
  await button(page, submit).click()
}

/** Loads the app anew, so that it is locked, and asks for a place behind the PIN. */
export const goLocked = async (page: Page, place: string): Promise<void> => {
  await page.goto('/robots.txt')
  await page.goto(`/#/${place}`)
  await heading(page, es.pin('unlock.title')).waitFor()
}
