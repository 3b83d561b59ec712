import type { DocumentContact } from '../../protocol/vault-document.ts'
import { dayOf } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { type Heard, placeOf } from '../vault/standing.ts'

/** Where a contact stands, in a sentence. */
export const standingText = (contact: DocumentContact, heard: Heard): string => {
  const { name, letter, invitedAt, answer } = contact
  switch (placeOf(contact, heard)) {
    case 'doubtful':
      return s('standing.doubtful', { name })
    case 'left':
      return s('standing.left', { name })
    case 'accepted':
      return s('standing.accepted', { when: dayOf(answer?.at ?? 0) })
    case 'waiting':
      return s('standing.waiting', { when: dayOf(invitedAt ?? 0) })
    case 'not-invited':
      return s(letter.lock.kind === 'paired' ? 'standing.not-invited.paired' : 'standing.not-invited')
  }
}

/** Amber: there is something to do. */
export const isSettled = (contact: DocumentContact, heard: Heard): boolean =>
  placeOf(contact, heard) === 'accepted'
