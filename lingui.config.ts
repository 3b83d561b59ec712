import { readdirSync } from 'node:fs'
import { defineConfig } from '@lingui/conf'
import { formatter } from '@lingui/format-json'

/** One folder a catalog, one file a language in it: `src/i18n/messages/<catalog>/<language>.json`. */
const MESSAGES = 'src/i18n/messages'

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: readdirSync(new URL(MESSAGES, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ path: `<rootDir>/${MESSAGES}/${name}/{locale}`, include: ['src'] })),
  format: formatter({ style: 'minimal' }),
})
