import { sealAnswer } from '../../crypto/invitation.ts'
import { toText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import type { Language } from '../../protocol/fields.ts'
import type { AcceptRequest, CodeRequest, LeaveRequest } from '../../protocol/join.ts'
import { JoinAnswer } from '../../protocol/join.ts'
import { ANSWERS_MAX } from '../../protocol/limits.ts'
import { JOIN_ROUTES } from '../../protocol/routes.ts'
import { ask, type Reply } from '../../queue/ask.ts'
import { random } from '../vault/random.ts'
import { type Place, questionOf, type Standing, standingOf } from './standing.ts'
import type { Wanted } from './wanted.ts'

/** What a contact asks of the service (`protocol.md §7.5`). Nothing is said to be done before the service has said so. */
export type Trouble =
  | { result: 'no-line' | 'later' | 'unknown' | 'wrong-code' | 'cannot-send' }
  /** Nothing more is looked at before then, ms since 1970 by this phone's clock. */
  | { result: 'wait'; until: number }

const troubleOf = (reply: Exclude<Reply<unknown>, { kind: 'answer' }>): Trouble => {
  if (reply.kind === 'none') return { result: 'no-line' }
  const { error, waitMs = 0 } = reply.refusal
  switch (error) {
    case 'unknown':
    case 'wrong-code':
      return { result: error }
    case 'slow-down':
      return { result: 'wait', until: Date.now() + waitMs }
    case 'not-configured':
      return { result: 'cannot-send' }
    default:
      return { result: 'later' }
  }
}

export const read = async (place: Place): Promise<Standing | Trouble | { result: 'refused' }> => {
  const reply = await ask(JOIN_ROUTES.join, JSON.stringify(questionOf(place)), JoinAnswer)
  if (reply.kind !== 'answer') return troubleOf(reply)
  return standingOf(place, reply.answer) ?? { result: 'refused' }
}

export const askForCode = async (
  { place, invitation }: Standing,
  address: string,
  language: Language,
): Promise<Trouble | { result: 'asked' }> => {
  const body: CodeRequest = { ...questionOf(place), stop: invitation.stop, address, language }
  const reply = await ask(JOIN_ROUTES.code, JSON.stringify(body), DoneAnswer)
  return reply.kind === 'answer' ? { result: 'asked' } : troubleOf(reply)
}

/** The last answer that was sealed: after a lost reply the very same is sent again, and is one answer. */
let sealed: { of: string; text: string } | null = null

const seal = ({ place, answers }: Standing, wanted: Wanted): string => {
  const of = JSON.stringify([questionOf(place), answers, wanted])
  if (sealed?.of !== of) {
    const { vault, contact, secret } = place
    sealed = {
      of,
      text: toText(sealAnswer(secret, vault, contact, answers + 1, { v: 1, ...wanted }, random)),
    }
  }
  return sealed.text
}

const isSaid = ({ state, answer }: Standing, { language, email, sms, push }: Wanted): boolean =>
  state === 'accepted' &&
  answer?.email === email &&
  answer.language === language &&
  answer.sms === sms &&
  answer.push?.endpoint === push?.endpoint

/** @param proof the address that is confirmed by this, and what came to it; null where there is none */
export const accept = async (
  standing: Standing,
  wanted: Wanted,
  proof: AcceptRequest['proof'],
  isSecondTry = false,
): Promise<{ result: 'accepted'; standing: Standing } | Trouble> => {
  if (standing.answers >= ANSWERS_MAX) return { result: 'unknown' }
  const body: AcceptRequest = {
    ...questionOf(standing.place),
    answers: standing.answers,
    sealed: seal(standing, wanted),
    proof,
  }
  const reply = await ask(JOIN_ROUTES.accept, JSON.stringify(body), DoneAnswer)
  if (reply.kind === 'answer') {
    const answers = standing.answers + 1
    return {
      result: 'accepted',
      standing: { ...standing, state: 'accepted', answers, answer: { v: 1, ...wanted } },
    }
  }
  if (reply.kind === 'none' || reply.refusal.error !== 'conflict') return troubleOf(reply)
  // Answered from somewhere else meanwhile, or by a request of this page whose reply was lost.
  const current = await read(standing.place)
  if ('result' in current) return current.result === 'refused' ? { result: 'later' } : current
  if (isSaid(current, wanted)) return { result: 'accepted', standing: current }
  return isSecondTry ? { result: 'later' } : accept(current, wanted, proof, true)
}

export const leave = async (place: Place): Promise<Trouble | { result: 'left' }> => {
  const body: LeaveRequest = questionOf(place)
  const reply = await ask(JOIN_ROUTES.leave, JSON.stringify(body), DoneAnswer)
  return reply.kind === 'answer' ? { result: 'left' } : troubleOf(reply)
}
