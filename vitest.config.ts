import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { lingui } from '@lingui/vite-plugin'
import preact from '@preact/preset-vite'
import { playwright } from '@vitest/browser-playwright'
import { configDefaults, defineConfig } from 'vitest/config'
import { BROWSER_FLAGS, findChromium } from './test/support/chromium.ts'

/** Run where only Node can: they check against implementations that are Node's, or spawn processes. */
const NODE_ONLY = [...configDefaults.exclude, '**/*.node.test.ts']

/** Only the project `browser` needs a Chromium while this file is read; the others must run without one. */
const chromium = await findChromium().catch(() => undefined)

/** Argon2id and property tests take seconds on a slow machine. */
const UNIT_MS = 60_000

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [preact(), lingui()],
        test: {
          name: 'node',
          testTimeout: UNIT_MS,
          environment: 'node',
          include: ['test/{protocol,crypto,queue,content,i18n,client,sw}/**/*.test.{ts,tsx}'],
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            // The local server's settings; whatever key a `.dev.vars` holds, no test sends real mail.
            miniflare: { bindings: { AMPARO_LOCAL: '1', RESEND_API_KEY: '', RESEND_BASE_URL: '' } },
          }),
        ],
        test: {
          name: 'workers',
          testTimeout: UNIT_MS,
          include: ['test/{server,crypto}/**/*.test.ts'],
          exclude: NODE_ONLY,
        },
      },
      {
        test: {
          name: 'browser',
          testTimeout: UNIT_MS,
          include: ['test/crypto/**/*.test.ts'],
          exclude: NODE_ONLY,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: BROWSER_FLAGS, ...(chromium ? { executablePath: chromium } : {}) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'tools',
          environment: 'node',
          include: ['test/{tools,handover}/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 400_000,
          hookTimeout: 120_000,
          // By itself a poll gives up after a second.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          // Each of the tests that run side by side has a browser's pages and key stretching of its own.
          maxConcurrency: 3,
          // A starved machine takes its time, and only what is broken waits to the end.
          testTimeout: 300_000,
          hookTimeout: 180_000,
          // As long as a locator waits (test/browser/support/place.ts): by itself a poll gives up after a second.
          expect: { poll: { timeout: 60_000, interval: 100 } },
        },
      },
    ],
  },
})
