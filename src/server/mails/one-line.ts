/** One line, whatever the roster held: no line break reaches a header, no bidi sign turns a sentence round. */
export const oneLine = (text: string): string => text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
