import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { CARD, type CardPrint, cardSheets, cardsOn } from '../../src/client/card/card-pdf.ts'
import { allWords, cardWords } from '../../src/client/card/card-words.ts'
import { unwritable } from '../../src/client/print/helvetica.ts'
import { PAPER } from '../../src/client/print/pdf.ts'

const CODE = 'W2W2-W2W2-W2W2-W2W2'
const LONG = 'alerta.red-de-respuesta-rapida-del-condado.example.org/press'
const QR = encode(`https://${LONG}#${'x'.repeat(74)}`, { ecc: 'M', border: 4 }).data

const textsOf = async (bytes: Uint8Array) => {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
  const pages = []
  for (let at = 1; at <= document.numPages; at += 1) {
    const page = await document.getPage(at)
    const { items } = await page.getTextContent()
    const height = page.view[3] ?? 0
    pages.push(
      items.flatMap((item) =>
        'str' in item && item.str !== ''
          ? [{ x: item.transform[4], y: height - item.transform[5], width: item.width, text: item.str }]
          : [],
      ),
    )
  }
  return pages
}

test('every word stands within its card, in each language and on each paper, also with a long address', async () => {
  for (const language of ['en', 'es'] as const) {
    const words = await cardWords(language, LONG)
    expect(unwritable(allWords(words).replaceAll('\n', ' '))).toEqual([])
    for (const paper of [PAPER.letter, PAPER.a4]) {
      for (const sheet of ['fold', 'sides'] as const) {
        const print: CardPrint = { words, qr: QR, code: CODE }
        const pages = await textsOf(cardSheets(paper, sheet, print, language))
        expect(pages).toHaveLength(sheet === 'fold' ? 1 : 2)
        const rows = cardsOn(paper, sheet) / (sheet === 'fold' ? 1 : 2)
        const top = (paper.height - rows * CARD.height) / 2
        for (const { x, y, width } of pages.flat()) {
          const inX = (x - (paper.width / 2 - CARD.width)) % CARD.width
          expect(inX).toBeGreaterThan(5)
          expect(inX + width).toBeLessThan(CARD.width - 5)
          const inY = (y - top) % CARD.height
          expect(inY).toBeGreaterThan(5)
          expect(inY).toBeLessThan(CARD.height - 5)
        }
        const codes = pages.flat().filter(({ text }) => text === CODE)
        expect(codes).toHaveLength(cardsOn(paper, sheet))
      }
    }
  }
})

test('as many as printers leave room for: four or eight on Letter, five or ten on A4', () => {
  const counts = [PAPER.letter, PAPER.a4].map((paper) => [cardsOn(paper, 'fold'), cardsOn(paper, 'sides')])
  expect(counts).toEqual([
    [4, 8],
    [5, 10],
  ])
})

test('in English for the officer and for whoever finds it, and in the owner’s language', async () => {
  const spanish = await cardWords('es', 'a.example/press')
  expect(spanish.officer).toBe('To the officer')
  expect(spanish.mine.text).toContain('guardo silencio')
  expect(spanish.taken.map(({ language }) => language)).toEqual(['en', 'es'])
  const english = await cardWords('en', 'a.example/press')
  expect(english.mine.text).toContain('I stay silent')
  expect(english.type.every(({ text }) => text.includes('a.example/press'))).toBe(true)
})

test('a card with more words than fit is not printed with some of them missing', async () => {
  const words = await cardWords('en', 'a.example/press')
  const print = {
    words: { ...words, statements: Array(12).fill(words.statements.join(' ')) },
    qr: QR,
    code: CODE,
  }
  expect(() => cardSheets(PAPER.letter, 'fold', print, 'en')).toThrow(RangeError)
})
