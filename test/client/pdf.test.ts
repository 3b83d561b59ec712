import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { encode as qrOf } from 'uqr'
import { expect, test } from 'vitest'
import { unwritable, widthOf, wrap } from '../../src/client/print/helvetica.ts'
import { newPdf, PAPER } from '../../src/client/print/pdf.ts'

/** Read by another's code: what a viewer finds in it. */
const read = async (bytes: Uint8Array) => {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
  const pages = []
  for (let at = 1; at <= document.numPages; at++) {
    const page = await document.getPage(at)
    const { items } = await page.getTextContent()
    const texts = items.flatMap((item) => ('str' in item && item.str !== '' ? [item] : []))
    pages.push({ view: page.view, texts })
  }
  const info = await document.getMetadata()
  return { pages, info: info.info as Record<string, unknown>, hasMetadata: info.metadata !== null }
}

const LATIN = 'Ñandú, ¿está bien? — “sí”, ‘no’ … 50 % · § 7 (a) \\ [b] € ŠŽœ ÷ ß'

test('what was written is read back letter for letter, accents and signs and all', async () => {
  const pdf = newPdf(PAPER.letter, 'es')
  const page = pdf.addPage()
  page.text(LATIN, { x: 50, y: 60, size: 12 })
  page.text(LATIN.normalize('NFD'), { x: 50, y: 90, size: 12, font: 'bold' })
  const { pages } = await read(pdf.toBytes())
  expect(pages[0]?.texts.map(({ str }) => str)).toEqual([LATIN, LATIN])
})

test('a text stands where it was put, and each letter is as wide as the writer says', async () => {
  const latin = Array.from({ length: 0x100 }, (_, at) => String.fromCharCode(at))
  const every = [...latin, ...'€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'].filter((char) => unwritable(char).length === 0)
  expect(every.length).toBe(217)
  for (const font of ['regular', 'bold'] as const) {
    const pdf = newPdf({ width: 200, height: 10_000 }, 'en')
    const page = pdf.addPage()
    for (const [at, char] of every.entries())
      page.text(`x${char}x`, { x: 40, y: 100 + 20 * at, size: 10, font })
    const { pages } = await read(pdf.toBytes())
    // The reader tells these two apart no better than an eye does.
    expect(pages[0]?.texts.map(({ str }) => str)).toEqual(
      every.map((char) => `x${char}x`.replace('\u00a0', ' ').replace('µ', 'μ')),
    )
    for (const [at, { transform, width }] of (pages[0]?.texts ?? []).entries()) {
      expect(transform.slice(4)).toEqual([40, 9_900 - 20 * at])
      expect(width).toBeCloseTo(widthOf(`x${every[at]}x`, 10, font), 3)
    }
  }
})

test('a paragraph is broken at spaces into lines that fit, and a word only where it is longer than a line', async () => {
  const width = 150
  const text = `Tengo derecho a guardar silencio y a hablar con un abogado.\n\n${'largo'.repeat(20)} fin`
  const lines = wrap(text, width, 11)
  for (const line of lines) expect(widthOf(line, 11)).toBeLessThanOrEqual(width)
  expect(lines.join(' ').replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''))
  expect(lines[0]).toBe('Tengo derecho a guardar')
  const pdf = newPdf(PAPER.letter, 'es')
  const page = pdf.addPage()
  const below = page.paragraph(text, { x: 0, y: 20, size: 11, width, leading: 1.5 })
  expect(below).toBeCloseTo(20 + lines.length * 16.5, 6)
  const { pages } = await read(pdf.toBytes())
  expect(pages[0]?.texts.map(({ str }) => str)).toEqual(lines.filter((line) => line !== ''))
})

test('the writer names what it cannot write, and does not write something else instead', () => {
  expect(unwritable('Nguyễn thị 中 中 é\t')).toEqual(['ễ', 'ị', '中', '\t'])
  expect(unwritable(LATIN)).toEqual([])
  expect(() => newPdf(PAPER.letter, 'en').addPage().text('中', { x: 0, y: 0, size: 9 })).toThrow(RangeError)
})

test('the same pages give the same bytes, with no date, no id and no author in them', async () => {
  const make = (): Uint8Array => {
    const pdf = newPdf(PAPER.letter, 'en')
    for (const title of ['One', 'Two']) {
      const page = pdf.addPage()
      page.fill(10, 10, 100, 50, 0.9)
      page.line([0, 0], [10, 10], { dash: [2, 2] })
      page.text(title, { x: 12, y: 40, size: 12 })
      page.modules(qrOf('AMPARO').data, 200, 200, 100)
    }
    return pdf.toBytes()
  }
  expect(make()).toEqual(make())
  const { pages, info, hasMetadata } = await read(make())
  expect(pages.map(({ texts }) => texts.map(({ str }) => str))).toEqual([['One'], ['Two']])
  expect(pages[0]?.view).toEqual([0, 0, 612, 792])
  expect(hasMetadata).toBe(false)
  expect(Object.keys(info).filter((key) => /Date|Author|Title|Producer|Creator/.test(key))).toEqual([])
  expect(new TextDecoder().decode(make())).not.toMatch(/\/ID|\/Info/)
})

test('a document without a page is a mistake, and is said to be one', () => {
  expect(() => newPdf(PAPER.letter, 'en').toBytes()).toThrow(RangeError)
})
