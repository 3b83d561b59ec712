import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type {
  HandGiveRequest,
  HandLookAnswer,
  HandOfferRequest,
  HandTakeAnswer,
  HandTakeRequest,
} from '../../protocol/hand-over.ts'
import { HAND_OVER_MS } from '../../protocol/limits.ts'
import { hashOf, sameHash } from '../hash.ts'
import { refuse } from '../refusal.ts'

const DONE: DoneAnswer = { ok: true }

type HandOver = {
  id: string
  hash: string
  until: number
  /** Of the phone that came first. */
  nonce: string | null
  sealed: string | null
  taken: boolean
}

/**
 * A second phone is let in (`protocol.md §7.15`). It lives in this object's memory alone: storage has a history, and who gets both that and a
 * picture of the code would read what was handed over. An object that ends takes it along; the phones begin anew.
 */
export class HandingOver {
  #current: HandOver | null = null

  /** The owner token has been checked, here and in the next three. One at a time: a new one ends the one before. */
  offer({ id, hash }: HandOfferRequest): DoneAnswer {
    const known = this.#at(id)
    if (known === null || !sameHash(known.hash, hash))
      this.#current = { id, hash, until: Date.now() + HAND_OVER_MS, nonce: null, sealed: null, taken: false }
    return DONE
  }

  look(id: string): HandLookAnswer | Refusal {
    const hand = this.#at(id)
    if (hand === null) return refuse('unknown')
    const { nonce, sealed, taken } = hand
    const state = taken ? 'taken' : sealed !== null ? 'given' : nonce !== null ? 'asked' : 'open'
    return { ok: true, state, nonce }
  }

  give({ id, nonce, sealed }: HandGiveRequest): DoneAnswer | Refusal {
    const hand = this.#at(id)
    if (hand === null || hand.nonce === null) return refuse('unknown')
    if (hand.nonce !== nonce) return refuse('conflict')
    if (!hand.taken) hand.sealed ??= sealed
    return DONE
  }

  end(): DoneAnswer {
    this.#current = null
    return DONE
  }

  /** Who comes first is who is given to; for everybody else there is nothing here. */
  take(request: HandTakeRequest): HandTakeAnswer | Refusal {
    const hand = this.#heldBy(request)
    if (hand === null || hand.taken) return refuse('unknown')
    return { ok: true, sealed: hand.sealed }
  }

  taken(request: HandTakeRequest): DoneAnswer | Refusal {
    const hand = this.#heldBy(request)
    if (hand === null || (hand.sealed === null && !hand.taken)) return refuse('unknown')
    hand.sealed = null
    hand.taken = true
    return DONE
  }

  #heldBy({ id, token, nonce }: HandTakeRequest): HandOver | null {
    const hand = this.#at(id)
    if (hand === null || !sameHash(hand.hash, hashOf(token))) return null
    hand.nonce ??= nonce
    return hand.nonce === nonce ? hand : null
  }

  #at(id: string): HandOver | null {
    if (this.#current !== null && this.#current.until <= Date.now()) this.#current = null
    return this.#current?.id === id ? this.#current : null
  }
}
