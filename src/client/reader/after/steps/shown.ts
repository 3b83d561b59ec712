import { signal } from '@preact/signals'
import { openShare } from '../../../../crypto/plan.ts'
import { AFTER_ROUTES } from '../../../../protocol/after-routes.ts'
import { fromText } from '../../../../protocol/bytes.ts'
import { type Plan, ShareAnswer } from '../../../../protocol/plan.ts'
import { ask } from '../../../../queue/ask.ts'
import { link } from '../../first-request.ts'
import { opened, openerOf } from '../standing.ts'

/** What of the family's plan came with this letter (`protocol.md §7.14`). Opened here; kept nowhere. */
export type Shown =
  | { at: 'loading' }
  | { at: 'failed' }
  /** It does not open with this letter. */
  | { at: 'unreadable' }
  /** `plan` is null where nothing was shared with this contact. */
  | { at: 'here'; plan: Plan | null }

export const shown = signal<Shown>({ at: 'loading' })

const find = async (): Promise<Shown> => {
  const open = opened()
  // What stands in a letter of doubtful origin is not taken for the family's.
  if (open === null || open.doubtful) return { at: 'here', plan: null }
  const opener = openerOf(open)
  if (opener === null || link === null) return { at: 'failed' }
  const reply = await ask(AFTER_ROUTES.share, JSON.stringify(opener), ShareAnswer)
  if (reply.kind !== 'answer') return { at: 'failed' }
  const { share } = reply.answer
  if (share === null) return { at: 'here', plan: null }
  const plan = openShare(open.letterKey, link.vault, link.id, open.answer.version, fromText(share))
  return plan === null ? { at: 'unreadable' } : { at: 'here', plan }
}

export const loadShown = async (): Promise<void> => {
  shown.value = { at: 'loading' }
  shown.value = await find()
}
