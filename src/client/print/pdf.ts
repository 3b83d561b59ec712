import { encode, type Font, wrap } from './helvetica.ts'

/**
 * Writes small PDF documents (ISO 32000-1, version 1.4): text in the standard Helvetica, filled rectangles, lines, QR codes. For
 * what a person prints; load it when she asks for it. Pure: no I/O, no clock, no random bytes, and none of the three in the
 * document, so the same pages give the same bytes and say nothing of who made them or when.
 *
 * Lengths are points (1/72 inch); `x` goes to the right and `y` **down** from the upper left corner. Text that `unwritable`
 * (`helvetica.ts`) names characters of cannot be written: ask first, and offer the browser's own printing instead.
 *
 * ```ts
 * const pdf = newPdf(PAPER.letter, 'es')
 * const page = pdf.addPage()
 * let y = page.paragraph('Plan de la familia', { x: 54, y: 72, size: 18, width: 504, font: 'bold' })
 * y = page.paragraph(text, { x: 54, y, size: 11, width: 504 })
 * save(pdf.toBytes())
 * ```
 */

/** Width and height, in points. */
export type Size = { width: number; height: number }
export const PAPER = {
  letter: { width: 612, height: 792 },
  a4: { width: 595.276, height: 841.89 },
} as const satisfies Record<string, Size>

export const POINTS_PER_MM = 72 / 25.4

/** `x`, `y`: where the first line's baseline begins. `grey`: 0 is black, the default, and 1 white. */
export type TextPlace = { x: number; y: number; size: number; font?: Font; grey?: number }
/** Here `y` is the upper edge. `leading`: from baseline to baseline, in sizes; 1.3 if not given. */
export type ParagraphPlace = TextPlace & { width: number; leading?: number }

export type PdfPage = {
  /**
   * One line.
   * @throws RangeError for a character that the fonts cannot write
   */
  text(line: string, place: TextPlace): void
  /**
   * A text broken into lines of at most `width`.
   * @returns the `y` below it, where the next thing may begin
   * @throws RangeError for a character that the fonts cannot write
   */
  paragraph(text: string, place: ParagraphPlace): number
  /** A filled rectangle; `x`, `y`: its upper left corner. */
  fill(x: number, y: number, width: number, height: number, grey?: number): void
  /** A straight line; `dash`: lengths of strokes and gaps. */
  line(
    from: readonly [x: number, y: number],
    to: readonly [x: number, y: number],
    style?: { width?: number; grey?: number; dash?: readonly [on: number, off: number] },
  ): void
  /**
   * A QR code, or anything else of square modules, `true` is dark: as rectangles, so that it prints as sharp as the printer can.
   * @param rows with its quiet zone, as `uqr` gives them
   * @param side of the whole square, quiet zone and all
   */
  modules(rows: readonly (readonly boolean[])[], x: number, y: number, side: number): void
}

export type Pdf = {
  /** Goes behind the ones before. */
  addPage(): PdfPage
  /** @throws RangeError without a page */
  toBytes(): Uint8Array
}

/** Thousandths of a point, never in scientific notation. */
const number = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError('a length is a number')
  return String(Math.round(value * 1000) / 1000 || 0)
}
const numbers = (...values: number[]): string => values.map(number).join(' ')

/** A literal string, in ASCII alone. */
const literal = (text: string): string => {
  const chars = encode(text).map((code) => {
    const char = String.fromCharCode(code)
    if ('()\\'.includes(char)) return `\\${char}`
    return code > 0x7e ? `\\${code.toString(8).padStart(3, '0')}` : char
  })
  return `(${chars.join('')})`
}

const FONT_NAME: Record<Font, string> = { regular: 'F1', bold: 'F2' }
const LEADING = 1.3
/** From the upper edge of a line to its baseline, in sizes. */
const ASCENT = 0.93

/** @param operators where the page's drawing goes */
const newPage = ({ height }: Size, operators: string[]): PdfPage => {
  const text = (line: string, { x, y, size, font = 'regular', grey = 0 }: TextPlace): void => {
    operators.push(
      `BT ${number(grey)} g /${FONT_NAME[font]} ${number(size)} Tf ${numbers(x, height - y)} Td ${literal(line)} Tj ET`,
    )
  }
  const rectangle = (x: number, y: number, wide: number, high: number): string =>
    `${numbers(x, height - y - high, wide, high)} re`
  return {
    text,
    paragraph: (whole, { width, leading = LEADING, ...place }) => {
      const lines = wrap(whole, width, place.size, place.font)
      const step = leading * place.size
      lines.forEach((line, at) => {
        if (line !== '') text(line, { ...place, y: place.y + ASCENT * place.size + at * step })
      })
      return place.y + lines.length * step
    },
    fill: (x, y, width, high, grey = 0) => {
      operators.push(`${number(grey)} g ${rectangle(x, y, width, high)} f`)
    },
    line: ([fromX, fromY], [toX, toY], { width = 0.5, grey = 0, dash } = {}) => {
      const pattern = dash === undefined ? '[] 0 d' : `[${numbers(...dash)}] 0 d`
      operators.push(
        `${number(grey)} G ${number(width)} w ${pattern} ${numbers(fromX, height - fromY)} m ${numbers(toX, height - toY)} l S`,
      )
    },
    modules: (rows, x, y, side) => {
      const module = side / rows.length
      const runs = rows.flatMap((row, at) =>
        row.flatMap((isDark, from) => {
          if (!isDark || row[from - 1] === true) return []
          const end = row.indexOf(false, from)
          const length = (end === -1 ? row.length : end) - from
          return [rectangle(x + from * module, y + at * module, length * module, module)]
        }),
      )
      // One path, filled once: between two fills a printer may leave a hair of white.
      operators.push(`1 g ${rectangle(x, y, side, side)} f`, `0 g ${runs.join(' ')} f`)
    },
  }
}

const FONT_OBJECTS = ['Helvetica', 'Helvetica-Bold'].map(
  (name) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
)

/** Catalog 1, list of pages 2, fonts 3 and 4; then each page with its drawing behind it. */
const objectsOf = (size: Size, language: string, pages: readonly (readonly string[])[]): string[] => {
  const FIRST_PAGE = 5
  const kids = pages.map((_, at) => `${FIRST_PAGE + 2 * at} 0 R`).join(' ')
  return [
    // Printed at its own size: a card must fit into a wallet, and a code into a camera's eye.
    `<< /Type /Catalog /Pages 2 0 R /Lang (${language}) /ViewerPreferences << /PrintScaling /None >> >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] /MediaBox [0 0 ${numbers(size.width, size.height)}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
    ...FONT_OBJECTS,
    ...pages.flatMap((operators, at) => {
      const drawing = operators.join('\n')
      return [
        `<< /Type /Page /Parent 2 0 R /Contents ${FIRST_PAGE + 2 * at + 1} 0 R >>`,
        `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
      ]
    }),
  ]
}

/** All of it is ASCII, so that characters are bytes. */
const fileOf = (objects: readonly string[]): string => {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((body, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  return `${file}xref\n0 ${count}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
}

/**
 * @param size of every page
 * @param language of the text, as `en`: a screen reader goes by it
 */
export const newPdf = (size: Size, language: string): Pdf => {
  const pages: string[][] = []
  return {
    addPage: () => {
      const operators: string[] = []
      pages.push(operators)
      return newPage(size, operators)
    },
    toBytes: () => {
      if (pages.length === 0) throw new RangeError('a document has a page')
      return Uint8Array.from(fileOf(objectsOf(size, language, pages)), (char) => char.charCodeAt(0))
    },
  }
}
