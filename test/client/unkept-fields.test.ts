import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Browsers write down what stands in the fields of a page, to have it again when they open their tabs anew: Firefox every fifteen seconds,
 * into `sessionstore`. They leave out a field with `autocomplete="off"`; Chromium and WebKit a larger one only if its form says so.
 */
const CLIENT = resolve('src/client')
const fields = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx'))
  .flatMap((name) => {
    const text = readFileSync(join(CLIENT, name), 'utf8')
    return [...text.matchAll(/<(textarea|input)\b[\s\S]*?\/>/g)].map(([tag, kind]) => ({
      name,
      kind,
      tag,
      text,
    }))
  })
  .filter(({ tag }) => !/type="(?:radio|checkbox|date|time)"/.test(tag))

/** Who fills these has no PIN: the address that a contact gives the service, the name that the others read. */
const OF_CONTACTS = /^(?:join|reader)\//

const places = (some: typeof fields): string[] => some.map(({ name, kind }) => `${name}: ${kind}`)

describe('what is typed is not left to the browser', () => {
  test('there are fields to look at', () => {
    expect(fields.length).toBeGreaterThan(20)
    expect(places(fields)).toContain('letters/letter-field.tsx: textarea')
  })

  test('every field says what the browser may do with it, and on an owner’s phone it may keep nothing', () => {
    const kept = fields.filter(({ name, tag }) => {
      const says = /autocomplete="([a-z-]+)"/.exec(tag)?.[1]
      return says === undefined || !(says === 'off' || says === 'one-time-code' || OF_CONTACTS.test(name))
    })
    expect(places(kept)).toEqual([])
  })

  test('every larger field belongs to a form that keeps nothing, which its page has', () => {
    const kept = fields.filter(
      ({ kind, tag, text }) =>
        kind === 'textarea' && !tag.includes('form="unkept"') && !/<form\b[^>]*autocomplete="off"/.test(text),
    )
    expect(places(kept)).toEqual([])
    for (const page of ['index.html', 'press.html'])
      expect(readFileSync(join(CLIENT, page), 'utf8')).toContain(
        '<form id="unkept" autocomplete="off" hidden>',
      )
  })
})
