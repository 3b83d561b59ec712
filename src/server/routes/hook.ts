import { HOOKS } from '../../protocol/routes.ts'
import { readBytes } from '../body.ts'
import { isMessageSid } from '../channels/sms.ts'
import { isSignedByTwilio } from '../channels/twilio-signature.ts'
import { settingsOf } from '../env.ts'
import { count } from '../rate.ts'
import { Refused, refuse } from '../refusal.ts'
import { originOf, type RouteContext } from './answer.ts'

/** What providers say later of a message. Whatever is not signed is `unknown`, and so is a hook that this host does not use. */
const BODY_MAX_BYTES = 16_384
const FORM = /^application\/x-www-form-urlencoded(?:\s*;|$)/i

const stranger = async (context: RouteContext): Promise<never> => {
  await count(context, 'FAILURES')
  throw new Refused(refuse('unknown'))
}

/** `protocol.md §13`. */
export const twilio = async (context: RouteContext): Promise<Response> => {
  const { sms, origin } = settingsOf(context.env)
  const { headers } = context.req.raw
  if (sms === null || !FORM.test(headers.get('content-type') ?? '')) return stranger(context)
  const bytes = await readBytes(context.req.raw, BODY_MAX_BYTES)
  const params = new URLSearchParams(new TextDecoder().decode(bytes))
  const url = (origin ?? originOf(context)) + HOOKS.twilio
  if (!(await isSignedByTwilio(sms.authToken, headers.get('x-twilio-signature') ?? '', url, params)))
    return stranger(context)
  const sid = params.get('MessageSid') ?? ''
  const status = params.get('MessageStatus') ?? ''
  const code = Number(params.get('ErrorCode') ?? Number.NaN)
  if (isMessageSid(sid)) {
    const { MAILROOM } = context.env
    const texts = MAILROOM.get(MAILROOM.idFromName('sms'))
    await texts.textIs(sid, status, Number.isInteger(code) ? code : null)
  }
  return context.body(null, 204)
}
