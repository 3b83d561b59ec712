import type { Refusal } from '../../protocol/codes.ts'
import type { ReceiptRequest } from '../../protocol/letter-requests.ts'
import type { StandingAnswer, StandingQuestion } from '../../protocol/standing.ts'
import { hashOf, sameHash } from '../hash.ts'
import { refuse } from '../refusal.ts'
import type { HeldUp } from './held-up.ts'
import type { LetterStore, ReleasedLetter } from './letter-store.ts'
import type { OnItStore } from './on-it-store.ts'
import type { PresserStore } from './presser-store.ts'

/** What who has opened a letter says of the alert, and hears of it (`protocol.md §7.3.3, §7.3.5`). No network, no clock. */
type Saying = Exclude<ReceiptRequest, { kind: 'opened' }>
const NOTHING_SAID = { said: 0, at: 0, sealed: null }

export class Standing {
  readonly #letters: LetterStore
  readonly #onIt: OnItStore
  readonly #pressers: PresserStore

  constructor(letters: LetterStore, onIt: OnItStore, pressers: PresserStore) {
    this.#letters = letters
    this.#onIt = onIt
    this.#pressers = pressers
  }

  /**
   * The letter, and with it the alert that released it last, if the token is its own. Of practice there is nothing to be on; and who was removed
   * keeps the letter that is out, and hears and says nothing about it any more.
   */
  knows({ letter: id, version, token }: StandingQuestion): ReleasedLetter | null {
    const letter = this.#letters.released(id, version)
    if (letter === null || letter.practice || !letter.listed) return null
    return sameHash(letter.receipt, hashOf(token)) ? letter : null
  }

  async answer(question: StandingQuestion, heldUp: HeldUp): Promise<StandingAnswer | Refusal> {
    const asked = this.knows(question)
    const heldUntil = asked === null ? null : await heldUp.until(asked.alert)
    // It may have been taken back meanwhile.
    const letter = this.knows(question)
    if (letter === null) return refuse('unknown')
    const { alert, contact, stage: state, pressedAt, closedAt } = letter
    const { receivedAt, ...times } = this.#onIt.timesOf(alert, contact)
    const { said, at, sealed } = this.#onIt.said(alert, contact) ?? NOTHING_SAID
    return {
      ok: true,
      alert: { state, pressedAt, receivedAt, closedAt, heldUntil },
      newer: (this.#letters.released(question.letter, null)?.version ?? 0) !== question.version,
      ...times,
      said,
      mine: sealed === null ? null : { at, sealed },
      others: this.#onIt.others(alert, contact),
      situations: this.#pressers.situations(alert),
    }
  }

  /**
   * Takes a word in if it is the next one, of the alert that runs. The same one again is answered as the first time.
   * @returns the alert, and whether nobody is on it any more
   */
  say(saying: Saying, now: number): { alert: string; alone: boolean } | Refusal {
    const letter = this.knows(saying)
    if (letter === null) return refuse('unknown')
    const { alert, contact } = letter
    const before = this.#onIt.said(alert, contact) ?? NOTHING_SAID
    const sealed = saying.kind === 'on-it' ? saying.sealed : null
    if (letter.pressedAt !== saying.pressedAt) return refuse('conflict', { version: before.said })
    if (before.said === saying.after + 1 && before.sealed === sealed) return { alert, alone: false }
    if (letter.stage === 'cleared') return refuse('closed')
    if (before.said !== saying.after) return refuse('conflict', { version: before.said })
    this.#letters.markOpened(alert, { id: saying.letter, version: saying.version }, now)
    this.#onIt.say(alert, contact, { said: before.said + 1, at: now, sealed })
    return { alert, alone: before.sealed !== null && this.#onIt.count(alert) === 0 }
  }
}
