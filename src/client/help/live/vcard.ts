import type { Line } from '../../../content/lines.ts'

/** RFC 6350 §3.4: what separates is escaped, and a line does not break. */
const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n')

/** RFC 6350 §3.2: no line is longer than 75 bytes; a broken one goes on after a space, and no letter is cut. */
const folded = (line: string): string => {
  const encoder = new TextEncoder()
  let out = ''
  let bytes = 0
  for (const sign of line) {
    const more = encoder.encode(sign).length
    if (bytes + more > 75) {
      out += '\r\n '
      bytes = 1
    }
    out += sign
    bytes += more
  }
  return out
}

type Card = Pick<Line, 'name' | 'phone' | 'organisation' | 'url'> & { note: string }

/** A line as a card of the phone's contacts (version 3.0, which old phones read too). */
export const vcardOf = ({ name, phone, organisation, url, note }: Card): string =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escaped(name)};;;`,
    `FN:${escaped(name)}`,
    `ORG:${escaped(organisation)}`,
    `TEL;TYPE=VOICE:${phone}`,
    ...(url === null ? [] : [`URL:${url}`]),
    ...(note === '' ? [] : [`NOTE:${escaped(note)}`]),
    'END:VCARD',
    '',
  ]
    .map(folded)
    .join('\r\n')
