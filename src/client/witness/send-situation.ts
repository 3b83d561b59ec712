import { openCoverWith } from '../../crypto/situation.ts'
import { fromText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { type Cover, CoverAnswer } from '../../protocol/presser.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'

/** What a presser asks and says beside its presses (`protocol.md §7.10`), by whatever page. The press key is shown to nobody here. */
export type Writer = { vault: string; presser: string; coverKey: Uint8Array; token: string }

/** `unreadable`: what came is not the owner's word. */
export const fetchCover = async ({
  vault,
  presser,
  coverKey,
  token,
}: Writer): Promise<Cover | 'revoked' | 'no-line' | 'unreadable'> => {
  const reply = await ask(ROUTES.cover, JSON.stringify({ vault, token }), CoverAnswer)
  if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') return 'revoked'
  if (reply.kind !== 'answer') return 'no-line'
  const { version, sealed } = reply.answer
  return (
    openCoverWith(coverKey, fromText(vault), fromText(presser), version, fromText(sealed)) ?? 'unreadable'
  )
}

export type Sent = { outcome: 'said' | 'not-sent' | 'closed' | 'revoked'; after: number }
const TRIES = 3

/** @param after how often something was said of this press, as far as is known here */
export const sendSituation = async (
  { vault, token }: Writer,
  alert: string,
  after: number,
  sealed: string,
): Promise<Sent> => {
  let known = after
  for (let tries = 0; tries < TRIES; tries += 1) {
    const body = JSON.stringify({ vault, token, alert, after: known, sealed })
    const reply = await ask(ROUTES.situation, body, DoneAnswer)
    if (reply.kind === 'answer') return { outcome: 'said', after: known + 1 }
    if (reply.kind === 'none') continue
    const { error, version } = reply.refusal
    // Something was said from another tab, or an answer was lost: these words come after it.
    if (error === 'conflict') known = version ?? known
    else if (error === 'closed') return { outcome: 'closed', after: known }
    else if (error === 'unknown') return { outcome: 'revoked', after: known }
  }
  return { outcome: 'not-sent', after: known }
}
