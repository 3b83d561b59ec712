import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type StepId, tableOfSteps, walkToFirstContact } from '../test/browser/support/first-contact.ts'
import { openPlace } from '../test/browser/support/place.ts'
import { en, es, type Texts } from '../test/browser/support/texts.ts'
import { ROOT } from './wrangler.ts'

/**
 * Walks the way to the first contact on the real Worker and the built pages, takes the pictures of `docs/first-contact.md`, and
 * writes down there how many taps and typed fields it took. Build first.
 */
const PAGE = join(ROOT, 'docs/first-contact.md')
const FOLDER = join(ROOT, 'docs/pictures')
const TAKEN: readonly StepId[] = ['you', 'contact', 'opening', 'invitation']
const TABLE = /(<!-- counted -->\n)[\s\S]*?(\n<!-- end -->)/

const place = await openPlace()
try {
  await mkdir(FOLDER, { recursive: true })
  const walk = async (texts: Texts): Promise<string> => {
    const { context, page } = await place.phone({ language: texts.language, reducedMotion: 'reduce' })
    const steps = await walkToFirstContact(page, texts, async (id) => {
      if (!TAKEN.includes(id)) return
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      await page.screenshot({ path: join(FOLDER, `${texts.language}-${id}.png`), caret: 'hide' })
    })
    await context.close()
    return tableOfSteps(steps)
  }
  const [table, other] = [await walk(en), await walk(es)]
  if (table !== other) throw new Error('the two languages do not take the same taps')
  const text = await readFile(PAGE, 'utf8')
  if (!TABLE.test(text)) throw new Error('docs/first-contact.md has no place for the table')
  await writeFile(
    PAGE,
    text.replace(TABLE, (_, begin: string, end: string) => begin + table + end),
  )
  console.log(table)
} finally {
  await place.close()
}
