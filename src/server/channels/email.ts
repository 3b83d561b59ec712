import { Resend } from 'resend'
import type { Sender } from '../env.ts'
import type { Channel } from './channel.ts'
import { everyOne, readAnswer, retry, signalsOf } from './resend-answers.ts'

/** Mails through Resend, one batch request at a time. No retries, no storage. */
const TIMEOUT_MS = 20_000
/** Of a team, as Resend documents it; its headers may say another number. */
const REQUESTS_A_SECOND = 5
const BATCH_MAX = 100

export const emailChannel = ({ apiKey, baseUrl }: Extract<Sender, { kind: 'email' }>): Channel => {
  const resend = new Resend(apiKey, baseUrl === null ? {} : { baseUrl })
  return {
    perSecond: REQUESTS_A_SECOND,
    batchMax: BATCH_MAX,
    send: async (batch, hear) => {
      const mails = batch.mails.map((mail) => ({ from: batch.from, ...mail }))
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), TIMEOUT_MS)
      try {
        const answer = await resend.batch.send(mails, {
          idempotencyKey: batch.key,
          batchValidation: 'permissive',
          signal: late.signal,
        })
        hear?.(signalsOf(answer.headers))
        return readAnswer(batch, answer)
      } catch {
        return everyOne(batch, retry({ unsure: true }))
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
