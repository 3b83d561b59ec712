import { EmailAddress } from '../../protocol/fields.ts'
import type { HostAnswer } from '../../protocol/host.ts'
import { settingsOf } from '../env.ts'
import type { RouteContext } from './answer.ts'

/** The address of `Name <address>`; null where it is none that an address book would take. */
const addressOf = (from: string): string | null => {
  const address = EmailAddress.safeParse(/<([^>]+)>$/.exec(from)?.[1] ?? from)
  return address.success ? address.data : null
}

/** `protocol.md §7.4` */
export const host = (context: RouteContext): Response => {
  const { sender, turnstile, push, sms, missing } = settingsOf(context.env)
  const answer: HostAnswer = {
    ok: true,
    ready: missing.length === 0,
    sender: sender?.kind === 'email' ? addressOf(sender.from) : null,
    turnstile: turnstile?.siteKey ?? null,
    push: push?.publicKey ?? null,
    channels: [
      ...(sender === null ? [] : [sender.kind]),
      ...(sms === null ? [] : (['sms'] as const)),
      ...(push === null ? [] : (['push'] as const)),
    ],
    missing,
  }
  return context.json(answer)
}
