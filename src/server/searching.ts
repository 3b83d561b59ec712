import type { Env } from './env.ts'
import { log } from './log.ts'
import { networksOf } from './network.ts'
import { Refused, refuse } from './refusal.ts'

/**
 * How often a network may look up a card's code that is none (`protocol.md §7.11`). A look-up counts before it is made, by its lookup id, and is
 * taken off again once it has found something: so guesses that are made all at once are not more than the others, and a code that
 * is one costs nothing.
 */
const WINDOW_MS = 600_000
/** Look-ups of different codes that find nothing; many homes share a site. */
const HOME_MAX = 30
const SITE_MAX = 90

export type Search = { found: () => Promise<void> }

const FREE: Search = { found: async () => undefined }

/** @throws Refused `slow-down`, before anything was looked up */
export const beginSearch = async (env: Env, headers: Headers, lookup: string): Promise<Search> => {
  const keeperOf = (name: string) => env.DOORKEEPER.get(env.DOORKEEPER.idFromName(name))
  const counted: ReturnType<typeof keeperOf>[] = []
  const found = async (entry: string): Promise<void> => {
    await Promise.allSettled(counted.map((keeper) => keeper.release(entry)))
  }
  try {
    const networks = networksOf(headers)
    const [entry = '', ...names] = await keeperOf('key').hashes([
      `card ${lookup}`,
      ...networks.map(({ name }) => `search ${name}`),
    ])
    for (const [at, name] of names.entries()) {
      const keeper = keeperOf(name)
      const max = at === 0 ? HOME_MAX : SITE_MAX
      const verdict = await keeper.admit(entry, max, Date.now() + WINDOW_MS)
      if (verdict.kind === 'full') {
        await found(entry)
        throw new Refused(refuse('slow-down', { waitMs: verdict.waitMs }))
      }
      if (verdict.fresh) counted.push(keeper)
    }
    return { found: () => found(entry) }
  } catch (error) {
    if (error instanceof Refused) throw error
    // A counter that is out of order must not close the door: 75 bits hold without it.
    log('doorkeeper-out-of-order')
    return FREE
  }
}
