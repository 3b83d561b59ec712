import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tableOf } from './table.ts'

/** The threat model names tests; each of them is there. */
const ROOT = join(import.meta.dirname, '../..')
const NAMED = /`(test\/[^`]+)` › "([^"]+)"/g

const HOLDERS = [
  'a seized phone, unlocked, Amparo open',
  'a seized phone, locked by the PIN',
  'the owner’s chats',
  'a contact’s seized phone',
  'a photographed card',
  'the server’s disk, stolen, and its history',
  'a subpoena to the host',
  'the mail provider’s logs',
  'a malicious contact',
  'a malicious witness',
  'a lying server',
]

type Named = { claim: string; file: string; title: string }

const named = async (table: 'Claims' | 'Who holds what'): Promise<Named[]> => {
  const { rows } = await tableOf(table)
  return Object.entries(rows).flatMap(([claim, cells]) => {
    const tests = cells.flatMap((cell) => [...cell.matchAll(NAMED)])
    return tests.map(([, file = '', title = '']) => ({ claim, file, title }))
  })
}

test('every claim of the threat model names a test', async () => {
  const { rows } = await tableOf('Claims')
  const claims = new Set((await named('Claims')).map(({ claim }) => claim))
  expect(Object.keys(rows).length).toBeGreaterThan(20)
  expect(Object.keys(rows).filter((claim) => !claims.has(claim))).toEqual([])
})

test('whoever comes to hold something has a row, and each of its cells names a test or is argued', async () => {
  const { columns, rows } = await tableOf('Who holds what')
  expect(columns).toEqual(['learns', 'can do'])
  expect(Object.keys(rows)).toEqual(HOLDERS)
  const bare = Object.entries(rows).flatMap(([holder, cells]) =>
    cells.filter((cell) => cell.search(NAMED) < 0 && !/Argued: \S/.test(cell)).map(() => holder),
  )
  expect(bare).toEqual([])
})

test('every test that the threat model names exists', async () => {
  const missing: string[] = []
  for (const { file, title } of [...(await named('Claims')), ...(await named('Who holds what'))]) {
    const path = join(ROOT, file)
    const source = await access(path).then(
      () => readFile(path, 'utf8'),
      () => '',
    )
    // As the first argument of a call, or behind the cases of an `each`.
    const quoted = ["'", '`', '"'].map((quote) => `${quote}${title}${quote},`)
    if (!quoted.some((one) => source.includes(one))) missing.push(`${file} › ${title}`)
  }
  expect(missing).toEqual([])
})

test('every page that the documents link to is there', async () => {
  for (const page of ['threat-model.md', 'operators.md']) {
    const text = await readFile(join(ROOT, 'docs', page), 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target)) continue
      await expect(access(join(ROOT, 'docs', target)), `${page} → ${target}`).resolves.toBeUndefined()
    }
  }
})
