/**
 * The sender as an address book takes it (vCard 3.0, RFC 2426), so that the mail of the bad day does not land among the unwanted
 * ones. It names no family: address books are copied to clouds. Pure.
 */
const LINE_MAX_BYTES = 75

const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replace(/[,;]/g, (sign) => `\\${sign}`)

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Lines of at most 75 bytes, no character cut in two; what follows the first begins with a space. */
const fold = (line: string): string => {
  const lines = ['']
  for (const character of line) {
    const last = lines.length - 1
    const grown = `${lines[last]}${character}`
    if (bytesOf(grown) <= LINE_MAX_BYTES) lines[last] = grown
    else lines.push(` ${character}`)
  }
  return lines.join('\r\n')
}

export const contactCard = (sender: string, note: string): string =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    'N:Amparo;;;;',
    'FN:Amparo',
    `EMAIL;TYPE=INTERNET:${escaped(sender)}`,
    `NOTE:${escaped(note)}`,
    'END:VCARD',
    '',
  ]
    .map(fold)
    .join('\r\n')
