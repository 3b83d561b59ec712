import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { CONTENT_NAMES, type Content } from '../../src/content/check.ts'
import { contentPage, PAGE } from '../../tools/content-page.ts'
import { contentOverlay, definesFor, overlaidContent } from '../../tools/overlay.ts'
import { type Ran, run } from '../../tools/run.ts'
import { ROOT } from '../../tools/wrangler.ts'

const folder = await mkdtemp(join(tmpdir(), 'amparo-content-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const path = join(folder, 'overlay.json')

const LINE = `    {
      "id": "tx-austin", "name": "Austin Rapid Response", "phone": "+15124740134", "confidence": "high",
      "kind": "raid-report", "runBy": "community", "states": ["TX"], "counties": ["Travis"],
      "area": { "en": "Travis County", "es": "Condado de Travis" }, "hours": null, "note": null,
      "organisation": "Austin Rapid Response", "open": null, "languages": null, "text": false,
      "url": null, "sourceDate": null, "checked": "2026-11-01",
      "sources": [{ "url": "https://example.org/", "date": null }]
    }`

/** `npm run content:check`, with these words after it, and this overlay. */
const content = async (overlay: string | null, ...args: string[]): Promise<Ran> => {
  if (overlay !== null) await writeFile(path, overlay)
  return run(process.execPath, [join(ROOT, 'tools/content.ts'), ...args], {
    cwd: ROOT,
    env: overlay === null ? {} : { AMPARO_CONTENT_OVERLAY: path },
  })
}
const withLine = (line: string): string =>
  `{\n  "hide": [],\n  "lines": [\n${line}\n  ],\n  "library": []\n}\n`

describe('the check of the content', () => {
  it('passes, and warns of what was not dialled', async () => {
    const { code, output } = await content(null)
    expect(output).toMatch(/Warning: \d+ lines and consulates have not been dialled for 180 days/)
    expect(code).toBe(0)
  })

  it('names file and line of a mistake in the host’s overlay', async () => {
    const { code, output } = await content(withLine(LINE.replace('"TX"', '"Texas"')))
    expect(code).toBe(1)
    expect(output).toContain(`${path}:6: lines.0.states.0: `)
  })

  it('refuses an overlay that holds the agency’s tip line, in letters too', async () => {
    const { code, output } = await content(
      withLine(LINE.replace('"note": null', '"note": {"en": "866-DHS-2-ICE", "es": "x"}')),
    )
    expect(code).toBe(1)
    expect(output).toContain(`${path}:7: lines.0.note.en: this number is on the block list`)
  })

  it('refuses a number that has the right shape and that nobody can have', async () => {
    const { code, output } = await content(withLine(LINE.replace('5124740134', '2224740134')))
    expect(code).toBe(1)
    expect(output).toContain(`${path}:5: lines.0.phone: +12224740134 is no number that can be dialled`)
  })

  it('refuses a consulate’s and a step’s number that nobody can have, with file and line', async () => {
    const consulate = (phone: string) => `    {
      "id": "sv-austin", "country": "SV", "countryName": null, "name": "Consulado", "states": ["TX"],
      "phone": "${phone}", "area": { "en": "Texas", "es": "Texas" }, "hours": null, "languages": null,
      "note": null, "confidence": "high", "sourceDate": null, "checked": null,
      "sources": [{ "url": "https://example.org/", "date": null }]
    }`
    const step = (phone: string) => `    {
      "id": "county-fund", "phase": "first-day", "roles": ["friend"], "never": false,
      "title": { "en": "Fund", "es": "Fondo" }, "text": { "en": "Ask.", "es": "Pide." }, "warning": null,
      "calls": [{ "label": { "en": "Fund", "es": "Fondo" }, "phone": "${phone}", "hours": null, "by": "community" }],
      "pages": [], "source": { "organisation": "Fund", "url": "https://example.org/", "date": null },
      "confidence": "high", "checked": null, "sources": [{ "url": "https://example.org/", "date": null }]
    }`
    const given = (one: string, other: string): string =>
      `{ "hide": [], "lines": [], "library": [], "consulates": [\n${consulate(one)}\n], "steps": [\n${step(other)}\n] }`
    const { code, output } = await content(given('+503222', '+12224740134'))
    expect(code).toBe(1)
    expect(output).toContain(`${path}:4: consulates.0.phone: `)
    const numbers = (await content(given('+50322223333', '+12224740134'))).output
    expect(numbers).toContain(
      `${path}:12: steps.0.calls.0.phone: +12224740134 is no number that can be dialled`,
    )
    const merged = JSON.parse((await content(given('+50322223333', '+15124740134'), '--merged')).output)
    expect(merged.consulates.countries.SV.es).toBe('El Salvador')
    expect(merged['next-steps'].steps.at(-1).id).toBe('county-fund')
  })

  it('says of a file that is not JSON which one it is, and of one that is missing', async () => {
    expect((await content('{')).output).toContain(path)
    await rm(path)
    const { code, output } = await run(process.execPath, [join(ROOT, 'tools/content.ts')], {
      cwd: ROOT,
      env: { AMPARO_CONTENT_OVERLAY: path },
    })
    expect([code, output]).toEqual([1, expect.stringContaining(path)])
  })
})

describe('with an overlay', () => {
  it('what is built holds the host’s line, and the shapes of the counties where it serves', async () => {
    const { code, output } = await content(withLine(LINE), '--merged')
    expect(code).toBe(0)
    const merged = JSON.parse(output)
    expect(merged.hotlines.at(-1)).toEqual({
      id: 'tx-austin',
      name: 'Austin Rapid Response',
      phone: '+15124740134',
      confidence: 'high',
    })
    expect(merged['county-shapes'].units).toContain('48453')
  })

  it('the pages are built with the host’s list in the place of ours, and the Worker with its numbers', async () => {
    await writeFile(path, withLine(LINE))
    vi.stubEnv('AMPARO_CONTENT_OVERLAY', path)
    const load = contentOverlay().load as (id: string) => Promise<string | null>
    expect(JSON.parse((await load('/x/src/content/hotlines.json')) ?? '').at(-1).id).toBe('tx-austin')
    expect(await load('/x/src/content/rights.json')).toBeNull()
    expect(await load('/x/src/client/app.tsx')).toBeNull()
    const defined = definesFor(await overlaidContent()).join(' ')
    expect(defined).toMatch(/AMPARO_HOTLINES:\[.*5124740134.*AMPARO_HOTLINE_AREAS:\{.*Travis/)
    vi.unstubAllEnvs()
    expect(definesFor(null)).toEqual([])
  })

  it('the list to dial through has it, and what was never dialled before it', async () => {
    const { output } = await content(withLine(LINE), '--dial')
    expect(output).toMatch(/37 lines/)
    expect(output).toMatch(/\d+ consulates\.\n\n\[ \] \(520\) 623-7874 {2}mx-ciam/)
    expect(output.indexOf('(512) 474-0134')).toBeGreaterThan(output.indexOf('(408) 290-1144'))
  })
})

it('docs/content.md is current (npm run content:page)', async () => {
  const read = async (name: string) => readFile(join(ROOT, name), 'utf8')
  const files = Object.fromEntries(
    await Promise.all(
      CONTENT_NAMES.map(async (name) => [name, JSON.parse(await read(`src/content/${name}.json`))] as const),
    ),
  ) as Content
  expect(await read(PAGE)).toBe(contentPage(files))
})
