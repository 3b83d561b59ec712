import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-json'

const MESSAGES = fileURLToPath(new URL('./src/i18n/messages', import.meta.url))

/** One catalog a group: a folder in `src/i18n/messages`. Ids are written by hand, so nothing is extracted from code. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: readdirSync(MESSAGES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ path: `<rootDir>/src/i18n/messages/${name}/{locale}`, include: [] })),
  format: formatter({ style: 'minimal' }),
})
