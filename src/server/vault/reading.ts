import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { LetterAnswer, WordAnswer } from '../../protocol/letter.ts'
import type { WordRequest } from '../../protocol/letter-requests.ts'
import type { StandingQuestion } from '../../protocol/standing.ts'
import { hashOf, sameHash } from '../hash.ts'
import { refuse } from '../refusal.ts'
import { tryLane } from './lanes.ts'
import type { LetterStore } from './letter-store.ts'

/** What a contact may do with a released letter (`protocol.md §7.3.1–3`). No network; the store is the object's. */
export type LetterPointer = Omit<LetterAnswer, 'sealed'> & { key: string }

export class Reading {
  readonly #letters: LetterStore

  constructor(letters: LetterStore) {
    this.#letters = letters
  }

  /** @returns the letter without its bytes, and where those are in KV */
  letter(id: string): LetterPointer | Refusal {
    const letter = this.#letters.released(id, null)
    if (letter === null) return refuse('unknown')
    const { version, key, stage: state, pressedAt, closedAt, practice } = letter
    const locks = letter.locks.map((lock) =>
      lock.kind === 'word' ? { kind: lock.kind, hint: lock.hint } : lock,
    )
    return { ok: true, version, key, locks, alert: { state, pressedAt, closedAt, practice } }
  }

  /** @param lane of the network that asks (`lanes.ts`) */
  word({ letter: id, version, gate: token }: WordRequest, lane: string, now: number): WordAnswer | Refusal {
    const letter = this.#letters.released(id, version)
    const lock = letter?.locks.find(({ kind }) => kind === 'word')
    if (letter === null || lock?.kind !== 'word') return refuse('unknown')
    const { lanes, answer } = tryLane(letter.lanes, lane, lock.gate, hashOf(token), now)
    if (lanes !== letter.lanes) this.#letters.setLanes({ id, version }, lanes)
    if (answer.kind === 'right') return { ok: true, wrapped: lock.wrapped }
    return refuse(answer.kind === 'wait' ? 'wait' : 'wrong-word', { waitMs: answer.waitMs })
  }

  opened({ letter: id, version, token }: StandingQuestion, now: number): DoneAnswer | Refusal {
    const letter = this.#letters.released(id, version)
    if (letter === null || !sameHash(letter.receipt, hashOf(token))) return refuse('unknown')
    this.#letters.markOpened(letter.alert, { id, version }, now)
    return { ok: true }
  }
}
