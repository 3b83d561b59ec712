// How long a key stroke in the library's search takes, in the built page, at a phone's speed: node bench/help-search.ts (build first).
import type { Page } from 'playwright-core'
import { launch } from '../test/support/chromium.ts'
import { startServer } from '../test/support/server.ts'

const SLOWER = 4
const QUERIES = {
  en: ['red card', 'lawyer near me', 'childen school', 'find someone'],
  es: ['tarjeta roja', 'abogado', 'telefono de redadas', 'niños'],
}

/** From the key to the next picture, in ms. */
const strokes = async (page: Page, text: string): Promise<number[]> => {
  await page.locator('#query').fill('')
  return page.evaluate(async (typed) => {
    const query = document.querySelector<HTMLInputElement>('#query')
    if (query === null) throw new Error('no search on the page')
    const took: number[] = []
    for (const sign of typed) {
      const begun = performance.now()
      query.value += sign
      query.dispatchEvent(new Event('input', { bubbles: true }))
      // The list is laid out before the time is taken, as it is before it is seen.
      void document.body.offsetHeight
      took.push(performance.now() - begun)
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    return took
  }, text)
}

const server = await startServer()
const browser = await launch()
try {
  console.log(
    `| language | key strokes | median | 95 of 100 below | slowest |\n| --- | --- | --- | --- | --- |`,
  )
  for (const [language, queries] of Object.entries(QUERIES)) {
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      serviceWorkers: 'block',
    })
    const page = await context.newPage()
    await page.goto(`${server.origin}/help/${language}/library`)
    await page.locator('#entries article').first().waitFor()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    // As long as a person takes to find the field.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    const took: number[] = []
    for (const query of queries) took.push(...(await strokes(page, query)))
    took.sort((a, b) => a - b)
    const ms = (value: number | undefined) => `${(value ?? 0).toFixed(1)} ms`
    console.log(
      `| ${language} | ${took.length} | ${ms(took[took.length >> 1])} | ${ms(took[Math.floor(took.length * 0.95)])} | ${ms(took.at(-1))} |`,
    )
    await context.close()
  }
} finally {
  await browser.close()
  await server.stop()
}
