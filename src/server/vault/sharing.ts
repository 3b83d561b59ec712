import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { StandingQuestion } from '../../protocol/standing.ts'
import type { StepsAnswer, StepsQuestion, TickRequest } from '../../protocol/steps.ts'
import { refuse } from '../refusal.ts'
import type { PlanStore } from './plan-store.ts'
import type { Standing } from './standing.ts'
import type { StepStore } from './step-store.ts'

/** What the contacts who have opened their letters share, and what of the plan came with each (`protocol.md §7.14`). No network, no clock. */
export class Sharing {
  readonly #standing: Standing
  readonly #plans: PlanStore
  readonly #steps: StepStore

  constructor(standing: Standing, plans: PlanStore, steps: StepStore) {
    this.#standing = standing
    this.#plans = plans
    this.#steps = steps
  }

  share(question: StandingQuestion): { key: string | null } | Refusal {
    const letter = this.#standing.knows(question)
    return letter === null ? refuse('unknown') : { key: this.#plans.share(letter.id, letter.version) }
  }

  steps(question: StepsQuestion): StepsAnswer | Refusal {
    const letter = this.#standing.knows(question)
    if (letter === null) return refuse('unknown')
    const { alert, contact, pressedAt } = letter
    const mine = this.#steps.of(alert, contact)
    return {
      ok: true,
      pressedAt,
      said: mine?.said ?? 0,
      mine: mine?.sealed ?? null,
      others: this.#steps.others(alert, contact),
    }
  }

  /** The next set of this contact. The same one again is answered as the first time. */
  tick(request: TickRequest): DoneAnswer | Refusal {
    const letter = this.#standing.knows(request)
    if (letter === null) return refuse('unknown')
    const { alert, contact } = letter
    const before = this.#steps.of(alert, contact) ?? { said: 0, sealed: null }
    if (letter.pressedAt !== request.pressedAt) return refuse('conflict', { version: before.said })
    if (before.said === request.after + 1 && before.sealed === request.sealed) return { ok: true }
    if (letter.stage === 'cleared') return refuse('closed')
    if (before.said !== request.after) return refuse('conflict', { version: before.said })
    this.#steps.set(alert, contact, { said: before.said + 1, sealed: request.sealed })
    return { ok: true }
  }
}
