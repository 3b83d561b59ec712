import { joinTokenOf, openAnswer, openInvitation } from '../../crypto/invitation.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { ContactAnswer, Invitation } from '../../protocol/invitation.ts'
import type { JoinAnswer, JoinQuestion } from '../../protocol/join.ts'

/** One invitation, as its link or this browser has it. */
export type Place = { vault: Uint8Array; contact: Uint8Array; secret: Uint8Array }

export const questionOf = ({ vault, contact, secret }: Place): JoinQuestion => ({
  vault: toText(vault),
  contact: toText(contact),
  token: toText(joinTokenOf(secret, vault, contact)),
})

/** How this contact stands with this owner. `answer`: what the contact said last, null before that. */
export type Standing = {
  place: Place
  invitation: Invitation
  state: JoinAnswer['state']
  answers: number
  answer: ContactAnswer | null
  /** A real alert that runs first, then the newest. */
  letters: JoinAnswer['letters']
}

const isUrgent = ({ state, practice }: JoinAnswer['letters'][number]): number =>
  Number(state === 'open' && !practice)

/** @returns null if the invitation that came is not the one that this secret opens */
export const standingOf = (place: Place, read: JoinAnswer): Standing | null => {
  const { vault, contact, secret } = place
  const invitation = openInvitation(secret, vault, contact, read.version, fromText(read.sealed))
  if (invitation === null) return null
  const answer =
    read.answer === null || read.answers === 0
      ? null
      : openAnswer(secret, vault, contact, read.answers, fromText(read.answer))
  const letters = [...read.letters].sort((a, b) => isUrgent(b) - isUrgent(a) || b.pressedAt - a.pressedAt)
  // Nobody has accepted by a server's word: without an answer that opens, the contact is asked again.
  const state = read.state === 'accepted' && answer === null ? 'invited' : read.state
  return { place, invitation, state, answers: read.answers, answer, letters }
}

/** The owner's phone has taken the answer over: only from then on an alert goes by it. */
export const isTakenOver = ({ invitation, answer, answers }: Standing): boolean =>
  answer !== null &&
  invitation.taken === answers &&
  answer.email === invitation.email &&
  answer.language === invitation.language
