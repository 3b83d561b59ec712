/**
 * What a PDF's standard Helvetica can write, and how wide it is (ISO 32000-1, annex D: WinAnsiEncoding; Adobe's font metrics).
 * Every viewer has these fonts, so none has to be brought along. Pure: no I/O.
 */
export type Font = 'regular' | 'bold'

/** 0x80 to 0x9F of WinAnsi; the blank places are of no use. Below and above them it is Latin-1. */
const MIDDLE = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'
const MIDDLE_AT = 0x80
const LATIN_AT = 0xa0

/** Thousandths of the size, of the codes from 0x20 on without the control character 0x7F. */
const widths = (text: string): readonly number[] => text.split(' ').map(Number)
const WIDTHS: Record<Font, readonly number[]> = {
  regular: widths(
    '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 0 556 0 222 556 333 1000 556 556 333 1000 667 333 1000 0 611 0 0 222 222 333 333 350 556 1000 333 1000 500 333 944 0 500 667 278 333 556 556 556 556 260 556 333 737 370 556 584 333 737 333 400 584 333 333 333 556 537 278 333 333 365 556 834 834 834 611 667 667 667 667 667 667 1000 722 667 667 667 667 278 278 278 278 722 722 778 778 778 778 778 584 778 722 722 722 722 667 667 611 556 556 556 556 556 556 889 500 556 556 556 556 278 278 278 278 556 556 556 556 556 556 556 584 611 556 556 556 556 500 556 500',
  ),
  bold: widths(
    '278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584 0 556 0 278 556 500 1000 556 556 333 1000 667 333 1000 0 611 0 0 278 278 500 500 350 556 1000 333 1000 556 333 944 0 500 667 278 333 556 556 556 556 280 556 333 737 370 556 584 333 737 333 400 584 333 333 333 611 556 278 333 333 365 556 834 834 834 611 722 722 722 722 722 722 1000 722 667 667 667 667 278 278 278 278 722 722 778 778 778 778 778 584 778 722 722 722 722 667 667 611 556 556 556 556 556 556 889 556 556 556 556 556 278 278 278 278 611 611 611 611 611 611 611 584 611 611 611 611 611 556 611 556',
  ),
}
const FIRST = 0x20

/** @returns the code of one character, or null for what WinAnsi does not have */
const codeOf = (char: string): number | null => {
  const code = char.codePointAt(0) ?? 0
  const isAscii = code >= FIRST && code < 0x7f
  // The soft hyphen's place writes a hyphen that nobody asked for.
  if (isAscii || (code >= LATIN_AT && code <= 0xff && code !== 0xad)) return code
  const at = MIDDLE.indexOf(char)
  return at === -1 ? null : MIDDLE_AT + at
}

/** @returns each character of the text that the fonts cannot write, once, in the order of the text; none: all is well */
export const unwritable = (text: string): string[] => [
  ...new Set([...text.normalize('NFC')].filter((char) => codeOf(char) === null)),
]

/**
 * @returns the text in WinAnsi, a byte a character
 * @throws RangeError for a character that it does not have; the message does not name it
 */
export const encode = (text: string): number[] =>
  [...text.normalize('NFC')].map((char) => {
    const code = codeOf(char)
    if (code === null) throw new RangeError('a character that the fonts cannot write')
    return code
  })

/**
 * @returns the width of a line, in the unit of `size`
 * @throws RangeError as `encode` does
 */
export const widthOf = (text: string, size: number, font: Font = 'regular'): number =>
  (encode(text).reduce((total, code) => total + (WIDTHS[font][code - FIRST] ?? 0), 0) * size) / 1000

/** As many lines as one word needs where it is wider than a line. */
const broken = (word: string, width: number, size: number, font: Font): string[] => {
  const lines: string[] = []
  let line = ''
  for (const char of word) {
    if (line !== '' && widthOf(line + char, size, font) > width) {
      lines.push(line)
      line = ''
    }
    line += char
  }
  return [...lines, line]
}

const wrapParagraph = (paragraph: string, width: number, size: number, font: Font): string[] => {
  const lines: string[] = []
  let line: string | null = null
  for (const word of paragraph.split(' ').filter((one) => one !== '')) {
    const longer: string = line === null ? word : `${line} ${word}`
    if (widthOf(longer, size, font) <= width) {
      line = longer
      continue
    }
    if (line !== null) lines.push(line)
    const parts = broken(word, width, size, font)
    line = parts.pop() ?? ''
    lines.push(...parts)
  }
  return [...lines, line ?? '']
}

/**
 * Breaks a text into lines no wider than `width`: at spaces, within a word only where one is wider than a line; `\n` begins a new one.
 * @throws RangeError as `encode` does
 */
export const wrap = (text: string, width: number, size: number, font: Font = 'regular'): string[] =>
  text
    .normalize('NFC')
    .split('\n')
    .flatMap((paragraph) => wrapParagraph(paragraph, width, size, font))
