import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import { planPdf } from '../../src/client/plan/plan-pdf.ts'
import { allOf, newestOf, type PlanPrint, printedSections } from '../../src/client/plan/plan-print.ts'
import { unwritable } from '../../src/client/print/helvetica.ts'
import { PAPER } from '../../src/client/print/pdf.ts'
import { NO_PLAN, withSection } from '../../src/client/vault/plan-rules.ts'
import { PLAN_SECTIONS } from '../../src/content/family-plan.ts'
import type { Plan } from '../../src/protocol/plan.ts'

const names = {
  titleOf: (section: string) => PLAN_SECTIONS.find(({ id }) => id === section)?.title.es ?? section,
  nameOf: (section: string, at: number) => (section === 'children' ? `Hoja ${at + 1}` : null),
}
const printOf = (plan: Plan, ids: readonly string[], withLines = false): PlanPrint => ({
  title: 'Plan familiar de Ana María Núñez',
  asOf: 'Al 24 de noviembre de 2026',
  careful: 'Nunca muestres el plan a los oficiales.',
  sections: printedSections(plan, ids, withLines, names),
  foot: (page, pages) => `Hoja ${page} de ${pages}`,
})
const ALL = PLAN_SECTIONS.map(({ id }) => id)

/** As another's code reads it: text with its place, from the upper left corner. */
const pagesOf = async (bytes: Uint8Array) => {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
  const pages = []
  for (let at = 1; at <= document.numPages; at += 1) {
    const page = await document.getPage(at)
    const [, , width = 0, height = 0] = page.view
    const { items } = await page.getTextContent()
    const texts = items.flatMap((item) =>
      'str' in item && item.str !== ''
        ? [{ text: item.str, x: item.transform[4], y: height - item.transform[5], width: item.width }]
        : [],
    )
    pages.push({ width, height, texts, whole: texts.map(({ text }) => text).join(' ') })
  }
  return pages
}

const words = (count: number) => Array.from({ length: count }, (_, at) => `palabra${at}`)
const long = [
  {
    id: 'identity',
    at: 5,
    entries: [{ 'legal-name': 'Ñandú Güemes Áéíóú “Pancho”', dob: '4 de marzo de 1990' }],
  },
  {
    id: 'children',
    at: 9,
    entries: [
      { 'child-name': 'Lucía', medical: words(200).join(' ') },
      { 'child-name': 'Leo', medical: 'Asma\tleve\r\nInhalador azul', 'school-pickup': 'yes' },
    ],
  },
  { id: 'documents', at: 7, entries: [{ where: 'La caja azul', 'doc-passports': 'yes' }] },
].reduce(withSection, NO_PLAN)

describe.each([
  ['Letter', PAPER.letter],
  ['A4', PAPER.a4],
] as const)('a plan on %s', (_, paper) => {
  test('has every word that was written, once, within the margins, on numbered pages', async () => {
    const print = printOf(long, ALL)
    expect(unwritable(allOf(print))).toEqual([])
    const pages = await pagesOf(planPdf(paper, print, 'es'))
    const whole = pages.map((page) => page.whole).join(' ')
    for (const phrase of ['Ñandú Güemes Áéíóú “Pancho”', '4 de marzo de 1990', 'Asma leve', 'Inhalador azul'])
      expect(whole).toContain(phrase)
    expect(whole.match(/palabra\d+/g)).toEqual(words(200))
    pages.forEach(({ width, height, texts }, at) => {
      expect(Math.round(width)).toBe(Math.round(paper.width))
      expect(texts.at(-1)?.text).toBe(`Hoja ${at + 1} de ${pages.length}`)
      for (const { x, y, width: wide } of texts) {
        expect(x).toBeGreaterThanOrEqual(54)
        expect(x + wide).toBeLessThanOrEqual(paper.width - 54 + 0.5)
        expect(y).toBeGreaterThan(54)
        expect(y).toBeLessThan(height - 20)
      }
      // No line lies on another.
      const ys = texts.map(({ y }) => y)
      expect(ys.every((y, index) => index === 0 || y >= (ys[index - 1] ?? 0))).toBe(true)
    })
  })

  test('goes on with a new page where one is full, and leaves no heading alone at the foot', async () => {
    const children = {
      id: 'children',
      at: 1,
      entries: Array.from({ length: 6 }, (_, at) => ({
        'child-name': `Niña ${at}`,
        medical: words(150).join(' '),
        allergies: words(40 + at * 11).join(' '),
      })),
    }
    const pages = await pagesOf(planPdf(paper, printOf(withSection(NO_PLAN, children), ALL), 'es'))
    expect(pages.length).toBeGreaterThan(2)
    for (const { texts } of pages) {
      const last = texts.at(-2)?.text ?? ''
      expect(last).not.toMatch(/^Hoja \d$/)
      expect(['Alergias', 'Nombre completo', 'De cada niño']).not.toContain(last)
    }
  })
})

describe('what is printed', () => {
  test('is what was picked, and nothing of the rest', async () => {
    const pages = await pagesOf(planPdf(PAPER.letter, printOf(long, ['documents']), 'es'))
    const whole = pages.map((page) => page.whole).join(' ')
    expect(whole).toContain('La caja azul')
    expect(whole).not.toContain('Lucía')
    expect(whole).not.toContain('Ñandú')
  })

  test('with lines for a pen has every field, also of a plan in which nothing is written, and one more child', () => {
    const empty = printedSections(NO_PLAN, ALL, true, names)
    for (const { id, fields } of PLAN_SECTIONS)
      expect(empty.find((section) => section.id === id)?.pages[0]?.fields).toHaveLength(fields.length)
    const children = printedSections(long, ['children'], true, names)[0]?.pages ?? []
    expect(children.map(({ name }) => name)).toEqual(['Hoja 1', 'Hoja 2', 'Hoja 3'])
    expect(printedSections(long, ['identity'], true, names)[0]?.pages).toHaveLength(1)
    expect(printedSections(NO_PLAN, ALL, false, names)).toEqual([])
    expect(newestOf(long.sections)).toBe(9)
  })

  test('names what the fonts cannot write, so that nothing is left out unsaid', () => {
    const plan = withSection(NO_PLAN, { id: 'identity', at: 1, entries: [{ 'legal-name': 'Ana 李' }] })
    expect(unwritable(allOf(printOf(plan, ALL)))).toEqual(['李'])
    expect(() => planPdf(PAPER.letter, printOf(plan, ALL), 'es')).toThrow(RangeError)
  })
})
