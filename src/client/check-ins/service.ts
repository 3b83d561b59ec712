import { signal } from '@preact/signals'
import {
  type ArmRequest,
  CheckInAnswer,
  type CheckInSummary,
  CheckInsAnswer,
  type ReminderCodeRequest,
} from '../../protocol/check-in.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask, type Reply } from '../../queue/ask.ts'

/** What is asked of the service about check-ins, and what it said last (`protocol.md §7.12`). */

/** `skewMs`: how far this phone's clock is behind the service's. */
export type Known = { checkIns: readonly CheckInSummary[]; skewMs: number }
export const known = signal<Known | null>(null)

export const serviceNow = (): number => Date.now() + (known.value?.skewMs ?? 0)

const isNextFirst = (a: CheckInSummary, b: CheckInSummary): number =>
  a.state === b.state ? a.dueAt - b.dueAt : a.state === 'armed' ? -1 : 1

/** @returns null where nobody answered; `unknown`, and nothing is shown as armed any more, for a key that another phone has replaced */
export const fetchCheckIns = async (who: {
  vault: string
  key: string | null
  token: string | null
}): Promise<CheckInsAnswer | 'unknown' | null> => {
  const reply = await ask(ROUTES.checkIns, JSON.stringify(who), CheckInsAnswer)
  if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') {
    known.value = null
    return 'unknown'
  }
  if (reply.kind !== 'answer') return null
  const { now, checkIns } = reply.answer
  known.value = { checkIns: [...checkIns].sort(isNextFirst), skewMs: now - Date.now() }
  return reply.answer
}

/** Takes over how one stands now. */
const took = (id: string, { now, checkIn }: CheckInAnswer): void => {
  const others = (known.value?.checkIns ?? []).filter((one) => one.checkIn !== id)
  const checkIns = [...others, ...(checkIn === null ? [] : [checkIn])].sort(isNextFirst)
  known.value = { checkIns, skewMs: now - Date.now() }
}

const heard = async (route: string, body: { checkIn: string }): Promise<Reply<CheckInAnswer>> => {
  const reply = await ask(route, JSON.stringify(body), CheckInAnswer)
  if (reply.kind === 'answer') took(body.checkIn, reply.answer)
  return reply
}

export const armCheckIn = (request: ArmRequest): Promise<Reply<CheckInAnswer>> =>
  heard(ROUTES.checkInArm, request)

export const askForReminderCode = (request: ReminderCodeRequest): Promise<Reply<DoneAnswer>> =>
  ask(ROUTES.checkInCode, JSON.stringify(request), DoneAnswer)

/** What an owner says about one: each means the one that she sees, so it may be said twice. */
export type Word = { kind: 'well' } | { kind: 'extend'; byMs: number } | { kind: 'end' }

export const sayOf = (
  word: Word,
  { checkIn, round, dueAt, state }: CheckInSummary,
  owner: { vault: string; token: string },
): Promise<Reply<CheckInAnswer>> => {
  switch (word.kind) {
    case 'well':
      return heard(ROUTES.checkInWell, { ...owner, checkIn, round } as { checkIn: string })
    case 'extend':
      return heard(ROUTES.checkInExtend, { ...owner, checkIn, round, dueAt, byMs: word.byMs } as {
        checkIn: string
      })
    case 'end':
      return heard(ROUTES.checkInEnd, { ...owner, checkIn, seen: state } as { checkIn: string })
  }
}
