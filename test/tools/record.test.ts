import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch } from '../support/chromium.ts'
import { record, standsIn } from '../support/record.ts'

const SECRET = 'la palabra: Cempasúchil'

test.each([
  ['as it is', SECRET],
  ['in capitals', SECRET.toUpperCase()],
  ['in JSON', JSON.stringify({ a: [SECRET] })],
  ['in an address', `/x?y=${encodeURIComponent(SECRET)}`],
  ['in a form', `/x?y=${encodeURIComponent(SECRET).replaceAll('%20', '+')}`],
  ['in hex', Buffer.from(`abc${SECRET}def`).toString('hex')],
  ...[0, 1, 2].map((n): [string, string] => [
    `in base64, ${n} bytes in`,
    Buffer.from(`${'x'.repeat(n)}${SECRET}tail`).toString('base64'),
  ]),
])('a secret is found %s', (_, haystack) => {
  expect(standsIn(SECRET, haystack)).toBe(true)
  expect(standsIn('something else', haystack)).toBe(false)
})

test('a needle that chance would find is refused', () => {
  expect(() => standsIn('Ana', 'x')).toThrow(RangeError)
})

let browser: Browser
let server: Server
beforeAll(async () => {
  browser = await launch()
  server = createServer((request, response) => {
    const files: Record<string, [string, string]> = {
      '/': ['text/html', '<script>navigator.serviceWorker.register("/sw.js")</script>'],
      '/sw.js': [
        'text/javascript',
        'self.addEventListener("install", (e) => e.waitUntil(fetch("/by-worker", { method: "POST", body: "from the worker" })))',
      ],
    }
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', '']
    response.setHeader('content-type', type).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

test('requests of pages and of service workers are recorded with headers and body', async () => {
  const context = await browser.newContext()
  const recording = record(context)
  const page = await context.newPage()
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.evaluate(() =>
    fetch('/by-page', { method: 'POST', headers: { 'x-secret': 'in a header' }, body: 'from the page' }),
  )
  const paths = async (needle: string) =>
    (await recording.containing(needle)).map(({ url }) => new URL(url).pathname)
  await expect.poll(() => paths('from the page')).toEqual(['/by-page'])
  await expect.poll(() => paths('in a header')).toEqual(['/by-page'])
  await expect.poll(() => paths('from the worker')).toEqual(['/by-worker'])
  await context.close()
})
