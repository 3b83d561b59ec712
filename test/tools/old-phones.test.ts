import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { build } from '../../tools/build.ts'
import { DIST_DIR } from '../../tools/wrangler.ts'

/**
 * The build lowers syntax for the oldest phones (`TARGET` in vite.config.ts: Safari 15.0, Chrome 94, Firefox 93), and nothing else. What a
 * page calls that those do not have ends it at that line; what its style sheet names leaves the rule out. Of our own code the
 * compiler refuses most of it (`lib` in the rooms' tsconfig.json); of libraries, and of what the DOM's types know, only this does.
 */
const TOO_NEW = {
  // Not `...at(x)`: a name that the minifier gave.
  'an array’s `at`': /[^.]\.at\(/,
  'a search from the end': /\.findLast(?:Index)?\(/,
  'a copy that is sorted, reversed or cut': /\.to(?:Sorted|Reversed|Spliced)\(/,
  'Object.hasOwn': /\bObject\.hasOwn\b/,
  'a grouping': /\b(?:Object|Map)\.groupBy\b/,
  'a newer Promise': /\bPromise\.(?:withResolvers|try)\b/,
  'Array.fromAsync': /\bArray\.fromAsync\b/,
  'a set’s arithmetic': /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/,
  structuredClone: /\bstructuredClone\(/,
  'a newer AbortSignal': /\bAbortSignal\.(?:timeout|any)\b|\.throwIfAborted\(/,
  randomUUID: /\.randomUUID\(/,
  'Intl.Segmenter': /\bIntl\.Segmenter\b/,
  'URL.canParse': /\bURL\.(?:canParse|parse)\(/,
  'bytes to text by themselves':
    /\.(?:toBase64|toHex|setFromBase64|setFromHex)\(|Uint8Array\.from(?:Base64|Hex)\b/,
  'an iterator’s helpers': /\bIterator\.from\b/,
  'a channel between tabs': /\bnew BroadcastChannel\b/,
  compression: /\bnew (?:Dec|C)ompressionStream\b/,
  'an idle callback': /[^.\w]requestIdleCallback\(/,
  'a popover': /\.(?:show|hide|toggle)Popover\(/,
  'a form that submits itself': /\.requestSubmit\(/,
  'locks without a look whether there are any': /navigator\.locks\.request\(/,
  'a look behind in a pattern': /\(\?<[=!]/,
  'a pattern with sets': /\/[a-z]*v[a-z]*\.(?:test|exec)\(/,
}

const TOO_NEW_IN_STYLE = {
  'a mixed colour': /\bcolor-mix\(/,
  'a newer colour': /\b(?:oklch|oklab|light-dark)\(/,
  'a layer or a container': /@(?:layer|container|scope|starting-style)\b/,
  'a rule within a rule': /[{};]\s*&/,
}

/** A selector that is not known takes the whole list with it. */
const NEWER_SELECTOR = /:has\(|:focus-visible|::backdrop|:user-(?:in)?valid|:popover-open|:modal/

let scripts: Map<string, string>
let styles: Map<string, string>

beforeAll(async () => {
  const names = () => readdir(DIST_DIR, { recursive: true })
  let all = await names().catch((): string[] => [])
  if (!all.includes('index.html')) {
    await build()
    all = await names()
  }
  const ending = async (end: string) =>
    new Map(
      await Promise.all(
        all
          .filter((name) => name.endsWith(end))
          .map(
            async (name): Promise<[string, string]> => [name, await readFile(join(DIST_DIR, name), 'utf8')],
          ),
      ),
    )
  ;[scripts, styles] = [await ending('.js'), await ending('.css')]
})

const filesWith = (files: Map<string, string>, pattern: RegExp): string[] =>
  [...files].filter(([, text]) => pattern.test(text)).map(([name]) => name)

describe('what is built calls nothing that the oldest phones do not have', () => {
  test('there is something to look at', () => {
    expect(scripts.size).toBeGreaterThan(30)
    expect(styles.size).toBeGreaterThan(5)
    expect([...scripts.keys()]).toContain('sw.js')
  })

  test.each(Object.entries(TOO_NEW))('no script names %s', (_, pattern) => {
    expect(filesWith(scripts, pattern)).toEqual([])
  })

  test.each(Object.entries(TOO_NEW_IN_STYLE))('no style sheet names %s', (_, pattern) => {
    expect(filesWith(styles, pattern)).toEqual([])
  })

  test('a height that follows the bars stands beside one that they know', () => {
    const rules = [...styles.values()].flatMap((text) => text.match(/\{[^{}]*dvh[^{}]*\}/g) ?? [])
    expect(rules.length).toBeGreaterThan(2)
    expect(rules.filter((rule) => !/[:\s]100vh/.test(rule))).toEqual([])
  })

  test('a selector that they do not know stands in no list with one that they know', () => {
    const mixed = [...styles.values()]
      .flatMap((text) => text.match(/[^{};]+(?=\{)/g) ?? [])
      .filter((list) => !list.startsWith('@') && list.includes(','))
      .map((list) => list.split(/,(?![^(]*\))/))
      .filter(
        (list) =>
          list.some((one) => NEWER_SELECTOR.test(one)) && !list.every((one) => NEWER_SELECTOR.test(one)),
      )
    expect(mixed).toEqual([])
  })
})
