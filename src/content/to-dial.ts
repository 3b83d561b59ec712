import type { Consulate } from './consulates-schema.ts'
import type { Line } from './lines.ts'
import { numberOf } from './number.ts'

const WHERE = 38

/**
 * A list to print and dial through before a release: what was never dialled first, then the longest ago. Pure.
 * @returns plain text, two rows a line, with room for what was found
 */
export const toDial = (lines: readonly Line[], consulates: readonly Consulate[]): string => {
  const sorted = [...lines].sort(
    (a, b) => (a.checked ?? '').localeCompare(b.checked ?? '') || a.id.localeCompare(b.id),
  )
  const rows = sorted.map(
    ({ id, display, name, area, checked, hours, confidence, kind, text, url }) =>
      `[ ] ${display}  ${id.padEnd(24)}${name} (${kind}, ${confidence})\n` +
      `    ${area.en.slice(0, WHERE).padEnd(WHERE)}  last: ${checked ?? 'never'}; says: ${hours?.en ?? 'hours not known'}` +
      `${text ? '; takes texts' : ''}${url === null ? '' : `\n    ${url}`}`,
  )
  const offices = consulates.map(
    ({ id, phone, name, area, checked, hours, confidence }) =>
      `[ ] ${numberOf(phone)}  ${id.padEnd(24)}${name} (consulate, ${confidence})\n` +
      `    ${area.en.slice(0, WHERE).padEnd(WHERE)}  last: ${checked ?? 'never'}; says: ${hours?.en ?? 'hours not known'}`,
  )
  return [
    `${lines.length} lines. Say who you are and that you only check the number; ask for the hours and the languages.`,
    'Then write the day into "checked", in the same file as the rest of the line. A line that nobody answers: try at another hour, look at its page,',
    'and take it out rather than leave it.',
    '',
    ...rows,
    '',
    `${consulates.length} consulates.`,
    '',
    ...offices,
  ].join('\n')
}
