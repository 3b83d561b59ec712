import { HOOK_BODY_MAX_BYTES } from '../../protocol/limits.ts'
import { readBytes } from '../body.ts'
import { settingsOf } from '../env.ts'
import { laterWordOf } from '../hooks/resend-event.ts'
import { isSigned } from '../hooks/svix.ts'
import { log } from '../log.ts'
import { refuse } from '../refusal.ts'
import { withTimeout } from '../timeout.ts'
import { granted, type RouteContext } from './answer.ts'

/** `protocol.md §7.9`: what the mail provider says of a message later. */
export const hookEmail = async (context: RouteContext): Promise<Response> => {
  const { hookKey } = settingsOf(context.env)
  const { raw } = context.req
  const body = await readBytes(raw, HOOK_BODY_MAX_BYTES)
  const known = hookKey !== null && (await isSigned(hookKey, raw.headers, body, Date.now()))
  if (!known) await granted(context, refuse('unknown'))
  const word = laterWordOf(body)
  if (word !== null) {
    const mailroom = context.env.MAILROOM.get(context.env.MAILROOM.idFromName('mailroom'))
    await withTimeout(mailroom.hear(word))
    log(`hook-${word.reason ?? word.state}`)
  }
  return context.json({ ok: true })
}
