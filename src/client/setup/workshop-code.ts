import { Ticket } from '../../protocol/ticket.ts'

/**
 * Reads a workshop's code as people type it (`protocol.md §7.6`): capitals, spaces and hyphens do not matter, nor do the letters that
 * Crockford's Base32 leaves out because they look like digits.
 * @returns null if it cannot be one
 */
export const workshopTicket = (typed: string): Ticket | null => {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]+/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const parsed = Ticket.safeParse({ kind: 'workshop', code })
  return parsed.success ? parsed.data : null
}
