import { wrap } from '../print/helvetica.ts'
import { newPdf, type PAPER, type PdfPage, POINTS_PER_MM, type Size } from '../print/pdf.ts'
import type { CardWords } from './card-words.ts'

/** Sheets of one card, of the size of a bank card (ISO/IEC 7810 ID-1). Pure: no I/O. */
const mm = (value: number): number => value * POINTS_PER_MM
export const CARD: Size = { width: mm(85.6), height: mm(54) }
/** What printers leave white. */
const EDGE = mm(12)
const PADDING = mm(3.2)
const QR_SIDE = mm(31)
const LEADING = 1.18
const SIZES = [8.75, 8.5, 8.25, 8, 7.75, 7.5, 7.25, 7, 6.75, 6.5, 6.25, 6, 5.75, 5.5, 5.25, 5]

export type Sheet = 'fold' | 'sides'
export type Paper = keyof typeof PAPER
export type CardPrint = { words: CardWords; qr: readonly (readonly boolean[])[]; code: string }

const rowsOn = (paper: Size): number => Math.floor((paper.height - 2 * EDGE) / CARD.height)
/** To fold: front and back beside each other, one card a row. On both sides: two a row. */
export const cardsOn = (paper: Size, sheet: Sheet): number => rowsOn(paper) * (sheet === 'fold' ? 1 : 2)

type Box = { x: number; y: number; width: number; height: number }
const heightAt = (texts: readonly string[], width: number, size: number): number =>
  texts.reduce((total, text) => total + (wrap(text, width, size).length * LEADING + 0.35) * size, 0)

/** In the largest size that fits. @throws RangeError if none does: a card with words missing is not printed */
const fill = (page: PdfPage, texts: readonly string[], { x, y, width, height }: Box): void => {
  const size = SIZES.find((one) => heightAt(texts, width, one) <= height)
  if (size === undefined) throw new RangeError('too many words for a card')
  let at = y
  for (const text of texts)
    at = page.paragraph(text, { x, y: at, size, width, leading: LEADING }) + 0.35 * size
}

const drawFront = (page: PdfPage, x: number, y: number, { officer, statements, mine }: CardWords): void => {
  const inner = { x: x + PADDING, width: CARD.width - 2 * PADDING }
  const band = mm(16)
  page.text(officer, { x: inner.x, y: y + mm(6.2), size: 9, font: 'bold' })
  fill(page, statements, { ...inner, y: y + mm(8), height: CARD.height - mm(8) - band - mm(0.8) })
  page.fill(x, y + CARD.height - band, CARD.width, band, 0.92)
  fill(page, [mine.text], { ...inner, y: y + CARD.height - band + mm(1.4), height: band - mm(2.4) })
}

const drawBack = (page: PdfPage, x: number, y: number, { words, qr, code }: CardPrint): void => {
  const texts = (list: CardWords['taken']) => list.map(({ text }) => text)
  page.modules(qr, x + mm(1.6), y + mm(1.6), QR_SIDE)
  const left = x + mm(1.6) + QR_SIDE + mm(1.4)
  const right = x + CARD.width - PADDING
  fill(page, texts(words.taken), { x: left, y: y + mm(3), width: right - left, height: mm(31) })
  fill(page, texts(words.type), {
    ...{ x: x + PADDING, y: y + mm(35), width: CARD.width - 2 * PADDING, height: mm(10) },
  })
  page.text(code, { x: x + PADDING, y: y + mm(50.2), size: 14, font: 'bold' })
}

/** Where to cut, and where to fold; drawn last, so that no filled place hides them. */
const drawCuts = (page: PdfPage, left: number, top: number, rows: number, sheet: Sheet): void => {
  const dash = [3, 3] as const
  const bottom = top + rows * CARD.height
  const right = left + 2 * CARD.width
  for (let row = 0; row <= rows; row += 1) {
    const y = top + row * CARD.height
    page.line([left, y], [right, y], { grey: 0.6, dash })
  }
  for (const x of [left, right]) page.line([x, top], [x, bottom], { grey: 0.6, dash })
  const middle = left + CARD.width
  page.line([middle, top], [middle, bottom], { grey: 0.6, dash: sheet === 'fold' ? [1, 4] : dash })
}

/**
 * @param words all of which the fonts can write (`unwritable`)
 * @param qr with its quiet zone
 */
export const cardSheets = (paper: Size, sheet: Sheet, print: CardPrint, language: string): Uint8Array => {
  const pdf = newPdf(paper, language)
  const rows = rowsOn(paper)
  const left = (paper.width - 2 * CARD.width) / 2
  const top = (paper.height - rows * CARD.height) / 2
  const front = (page: PdfPage, x: number, y: number) => drawFront(page, x, y, print.words)
  const back = (page: PdfPage, x: number, y: number) => drawBack(page, x, y, print)
  // All cards are one and the same, in the middle of the paper: whichever way it is turned, a back lies behind a front.
  const pages =
    sheet === 'fold' ? [[front, back]] : ([[front, front] as const, [back, back] as const] as const)
  for (const [first, second] of pages) {
    const page = pdf.addPage()
    for (let row = 0; row < rows; row += 1) {
      const y = top + row * CARD.height
      first?.(page, left, y)
      second?.(page, left + CARD.width, y)
    }
    drawCuts(page, left, top, rows, sheet)
  }
  return pdf.toBytes()
}
