import { type Font, wrap } from '../print/helvetica.ts'
import { newPdf, type Pdf, type PdfPage, type Size } from '../print/pdf.ts'
import type { PlanPrint, PrintedField, PrintedPage } from './plan-print.ts'

/** The plan as a document. Pure: no I/O. Lengths are points. */
const MARGIN = 54
const FOOT = 30
const LEADING = 1.3
const ASCENT = 0.93
const TEXT = 11
const LABEL = 9
const LABEL_GREY = 0.35
/** Room for a line written by hand. */
const RULE = 24
const BOX = 9
/** A heading stands with something below it. */
const KEEP = 60

type Style = { size: number; font?: Font; grey?: number; indent?: number }

/** Writes from top to bottom, and goes on with a new page where one is full. */
class Flow {
  readonly #pdf: Pdf
  readonly #size: Size
  readonly pages: PdfPage[] = []
  #y = 0

  constructor(pdf: Pdf, size: Size) {
    this.#pdf = pdf
    this.#size = size
    this.#turn()
  }

  get width(): number {
    return this.#size.width - 2 * MARGIN
  }

  get page(): PdfPage {
    const page = this.pages[this.pages.length - 1]
    if (page === undefined) throw new RangeError('a flow has a page')
    return page
  }

  #turn(): void {
    this.pages.push(this.#pdf.addPage())
    this.#y = MARGIN
  }

  /** @returns the upper edge of a place of this height, on one page */
  place(height: number, keep = 0): number {
    if (this.#y + height + keep > this.#size.height - MARGIN - FOOT) this.#turn()
    const y = this.#y
    this.#y += height
    return y
  }

  gap(height: number): void {
    if (this.#y > MARGIN) this.#y += height
  }

  text(text: string, { size, font, grey, indent = 0 }: Style, keep = 0): void {
    for (const line of wrap(text, this.width - indent, size, font)) {
      const y = this.place(LEADING * size, keep)
      if (line === '') continue
      this.page.text(line, {
        ...{ x: MARGIN + indent, y: y + ASCENT * size, size },
        ...(font !== undefined && { font }),
        ...(grey !== undefined && { grey }),
      })
    }
  }

  rule(): void {
    const y = this.place(RULE) + RULE - 3
    this.page.line([MARGIN, y], [MARGIN + this.width, y], { grey: 0.5 })
  }

  /** A box to tick, and what it stands for. */
  box(label: string, isTicked: boolean): void {
    const lines = wrap(label, this.width - BOX - 6, TEXT).length
    const top = this.place(lines * LEADING * TEXT)
    const [left, upper] = [MARGIN, top + 2]
    const [right, lower] = [left + BOX, upper + BOX]
    for (const [from, to] of [
      ...[
        [
          [left, upper],
          [right, upper],
        ] as const,
        [
          [right, upper],
          [right, lower],
        ] as const,
      ],
      ...[
        [
          [right, lower],
          [left, lower],
        ] as const,
        [
          [left, lower],
          [left, upper],
        ] as const,
      ],
      ...(isTicked
        ? [
            [
              [left, upper],
              [right, lower],
            ] as const,
            [
              [left, lower],
              [right, upper],
            ] as const,
          ]
        : []),
    ])
      this.page.line(from, to, { width: 0.8 })
    this.page.paragraph(label, { x: MARGIN + BOX + 6, y: top, size: TEXT, width: this.width - BOX - 6 })
  }
}

const writeField = (flow: Flow, { label, kind, text }: PrintedField): void => {
  flow.gap(5)
  if (kind === 'check') {
    flow.box(label, text !== null)
    return
  }
  flow.text(label, { size: LABEL, grey: LABEL_GREY }, LEADING * TEXT)
  if (text !== null) flow.text(text, { size: TEXT })
  else for (let line = 0; line < (kind === 'text' ? 2 : 1); line += 1) flow.rule()
}

const writePage = (flow: Flow, { name, fields }: PrintedPage): void => {
  if (name !== null) {
    flow.gap(8)
    flow.text(name, { size: 12, font: 'bold' }, KEEP)
  }
  for (const field of fields) writeField(flow, field)
}

/** @param print of which the fonts can write every character (`unwritable`) */
export const planPdf = (paper: Size, print: PlanPrint, language: string): Uint8Array => {
  const pdf = newPdf(paper, language)
  const flow = new Flow(pdf, paper)
  flow.text(print.title, { size: 18, font: 'bold' })
  if (print.asOf !== null) flow.text(print.asOf, { size: LABEL, grey: LABEL_GREY })
  flow.gap(4)
  flow.text(print.careful, { size: LABEL })
  for (const { title, pages } of print.sections) {
    flow.gap(16)
    flow.text(title, { size: 14, font: 'bold' }, KEEP)
    for (const page of pages) writePage(flow, page)
  }
  flow.pages.forEach((page, at) => {
    const y = paper.height - FOOT
    page.text(print.foot(at + 1, flow.pages.length), { x: MARGIN, y, size: LABEL, grey: LABEL_GREY })
  })
  return pdf.toBytes()
}
