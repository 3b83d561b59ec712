import { HOOK_BODY_MAX_BYTES } from '../../protocol/limits.ts'
import { HOOKS } from '../../protocol/routes.ts'
import { readBytes } from '../body.ts'
import { isSignedByTwilio } from '../channels/twilio-signature.ts'
import { settingsOf } from '../env.ts'
import { type LaterWord, laterWordOf } from '../hooks/resend-event.ts'
import { isSigned } from '../hooks/svix.ts'
import { laterTextWordOf } from '../hooks/twilio-status.ts'
import { log } from '../log.ts'
import { refuse } from '../refusal.ts'
import { withTimeout } from '../timeout.ts'
import { granted, originOf, type RouteContext } from './answer.ts'

/** What providers say of a message later. Whatever is not signed is `unknown`, and so is a hook that this host does not use. */
const heard = async (context: RouteContext, room: 'mailroom' | 'sms', word: LaterWord): Promise<void> => {
  const { MAILROOM } = context.env
  await withTimeout(MAILROOM.get(MAILROOM.idFromName(room)).hear(word))
  log(`hook-${word.reason ?? word.state}`)
}

/** `protocol.md §7.9`: what the mail provider says. */
export const hookEmail = async (context: RouteContext): Promise<Response> => {
  const { hookKey } = settingsOf(context.env)
  const { raw } = context.req
  const body = await readBytes(raw, HOOK_BODY_MAX_BYTES)
  const known = hookKey !== null && (await isSigned(hookKey, raw.headers, body, Date.now()))
  if (!known) await granted(context, refuse('unknown'))
  const word = laterWordOf(body)
  if (word !== null) await heard(context, 'mailroom', word)
  return context.json({ ok: true })
}

/** `protocol.md §14`: what Twilio says. */
export const hookTwilio = async (context: RouteContext): Promise<Response> => {
  const { sms, origin } = settingsOf(context.env)
  const { raw } = context.req
  const params = new URLSearchParams(new TextDecoder().decode(await readBytes(raw, HOOK_BODY_MAX_BYTES)))
  const url = (origin ?? originOf(context)) + HOOKS.twilio
  const signature = raw.headers.get('x-twilio-signature') ?? ''
  const known = sms !== null && (await isSignedByTwilio(sms.authToken, signature, url, params))
  if (!known) await granted(context, refuse('unknown'))
  const word = laterTextWordOf(params)
  if (word !== null) await heard(context, 'sms', word)
  return context.body(null, 204)
}
