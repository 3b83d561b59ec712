import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import type { ReceiptRequest } from '../../protocol/letter-requests.ts'
import type { TickRequest } from '../../protocol/steps.ts'
import { refuse } from '../refusal.ts'
import type { Advancing } from './advancing.ts'
import type { CoreStore } from './core-store.ts'
import type { Errands } from './errands.ts'
import type { Reading } from './reading.ts'
import type { Sharing } from './sharing.ts'
import type { Standing } from './standing.ts'

/** What a contact says back, from its request to the disk (`protocol.md §7.3.3, §7.14.4`), with what follows for the alert. */
const DONE: DoneAnswer = { ok: true }

type Rooms = {
  advancing: Advancing
  errands: Errands
  reading: Reading
  standing: Standing
  sharing: Sharing
}

export class Receiving {
  readonly #ctx: DurableObjectState
  readonly #core: CoreStore
  readonly #rooms: Rooms

  constructor(ctx: DurableObjectState, core: CoreStore, rooms: Rooms) {
    this.#ctx = ctx
    this.#core = core
    this.#rooms = rooms
  }

  async receipt(request: ReceiptRequest): Promise<DoneAnswer | Refusal> {
    const { advancing, errands, reading, standing } = this.#rooms
    const vault = this.#core.vault()
    if (vault === null) return refuse('unknown')
    if (request.kind === 'opened') return reading.opened(request, Date.now())
    if (standing.knows(request) === null) return refuse('unknown')
    const answer = this.#ctx.storage.transactionSync(() => {
      // What is due by now goes out as it stood before this word.
      advancing.advance(vault, { kind: 'tick' }, null)
      const said = standing.say(request, Date.now())
      if ('error' in said) return said
      const { alert, alone } = said
      advancing.advance(vault, alone ? { kind: 'alone', alert } : { kind: 'tick' }, alert)
      return DONE
    })
    await errands.arm()
    await this.#ctx.storage.sync()
    return answer
  }

  async tick(request: TickRequest): Promise<DoneAnswer | Refusal> {
    const answer = this.#ctx.storage.transactionSync(() => this.#rooms.sharing.tick(request))
    await this.#ctx.storage.sync()
    return answer
  }
}
