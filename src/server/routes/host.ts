import type { HostAnswer } from '../../protocol/host.ts'
import { settingsOf } from '../env.ts'
import type { RouteContext } from './answer.ts'

/** `protocol.md §7.4` */
export const host = (context: RouteContext): Response => {
  const { sender, missing } = settingsOf(context.env)
  const answer: HostAnswer = {
    ok: true,
    ready: missing.length === 0,
    channels: sender === null ? [] : [sender.kind],
    missing,
  }
  return context.json(answer)
}
