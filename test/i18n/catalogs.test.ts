import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const TOOL = fileURLToPath(new URL('../../tools/catalogs.mjs', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalogs-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** @param files file → its text, or what becomes JSON */
const check = async (files: Record<string, unknown>): Promise<{ code: number; said: string }> => {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [TOOL, folder], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr })
    })
  })
}

const SAME = { a: 'Hi {name}', b: '{n, plural, one {# day} other {# days of {name}}}' }

describe('the check of the catalogs', () => {
  it('passes where languages have the same keys and ask for the same', async () => {
    const es = {
      b: '{n, plural, one {# día} many {# de días} other {# días de {name}}}',
      a: '{name}: {name}',
    }
    expect(await check({ 'app/en.json': SAME, 'app/es.json': es })).toMatchObject({ code: 0 })
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a missing key', { a: SAME.a }, /es\.json: b: is missing/],
    ['a key too many', { ...SAME, c: 'C' }, /es\.json: c: is not in en\.json/],
    ['a placeholder that is missing', { ...SAME, a: 'Hola' }, /es\.json: a: asks for nothing; .* name/],
    ['a placeholder of another name', { ...SAME, a: 'Hola {nombre}' }, /es\.json: a: asks for nombre/],
    ['a plural that is none', { ...SAME, b: '{n} {name}' }, /es\.json: b: asks for n; name/],
    ['a message that is not ICU', { ...SAME, a: 'Hola {name' }, /es\.json: a: is not an ICU message/],
    ['an empty message', { ...SAME, a: ' ' }, /es\.json: a: is not a message, or is empty/],
    ['something else than a message', { ...SAME, a: 1 }, /es\.json: a: is not a message/],
  ])('fails with file and key for %s', async (_, es, said) => {
    const result = await check({ 'app/en.json': SAME, 'app/es.json': es })
    expect(result.code).toBe(1)
    expect(result.said).toMatch(said)
  })

  it('fails for choices that differ', async () => {
    const result = await check({
      'app/en.json': { a: '{k, select, x {X} y {Y} other {Z}}' },
      'app/es.json': { a: '{k, select, x {X} other {Z}}' },
    })
    expect(result).toMatchObject({ code: 1, said: expect.stringMatching(/es\.json: a: asks for k/) })
  })

  it('fails for a language that one group has and another has not', async () => {
    const result = await check({ 'app/en.json': SAME, 'app/es.json': SAME, 'mails/en.json': SAME })
    expect(result).toMatchObject({ code: 1, said: expect.stringMatching(/mails\/es\.json: .*is missing/) })
  })

  it('fails for a group without English, for a file that is not JSON, and for no catalogs at all', async () => {
    expect(await check({})).toMatchObject({ code: 1 })
    expect(await check({ 'app/es.json': SAME })).toMatchObject({
      code: 1,
      said: expect.stringMatching(/app\/en\.json: .*is missing/),
    })
    expect(await check({ 'app/en.json': SAME, 'app/es.json': '{"a":' })).toMatchObject({
      code: 1,
      said: expect.stringMatching(/es\.json: .*is not JSON/),
    })
  })
})
