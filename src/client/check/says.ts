import * as z from 'zod/mini'
import { Ticket } from '../../protocol/ticket.ts'

/**
 * What the page with the check says to the app that shows it in a frame. `shown`: the check is on the screen. `failed`: there
 * will be no token this time, whatever the reason.
 */
const News = z.strictObject({ kind: z.enum(['shown', 'failed']) })
export type TurnstileTicket = Extract<Ticket, { kind: 'turnstile' }>
export type Says = z.infer<typeof News> | TurnstileTicket

/** @returns null for whatever else arrives as a message */
export const readSays = (data: unknown): Says | null => {
  const news = News.safeParse(data)
  if (news.success) return news.data
  const ticket = Ticket.safeParse(data)
  return ticket.success && ticket.data.kind === 'turnstile' ? ticket.data : null
}
