import type { Refusal } from '../protocol/codes.ts'
import type { Ticket } from '../protocol/ticket.ts'
import { type Env, type Settings, settingsOf } from './env.ts'
import { log } from './log.ts'
import { isLoopback, type NetworkLimit, networksOf } from './network.ts'
import { isRefusal, refuse } from './refusal.ts'
import { verifyTurnstile } from './ticket/turnstile.ts'
import { dayOf, endOf, readWorkshopCode } from './ticket/workshop.ts'

/**
 * Who may make a vault (`protocol.md §7.6`). A vault counts from the moment it is let in, by its id: repeating its commit is free,
 * a commit that was refused is taken off again, and who is gone in between has not got round the count.
 */
const DAY_MS = 86_400_000

/** One count that a new vault goes into. `name`: of a network or a code, as it is before it is hashed. */
type Door = { name: string; max: number; until: number; whenFull: 'slow-down' | 'ticket' }

/** What is to be told when it is known how the commit went. `moves`: of a family that starts over (`protocol.md §7.16`). */
export type Admission = {
  made: () => Promise<void>
  refused: () => Promise<void>
  moves: readonly number[]
}

const FREE: Admission = { made: async () => undefined, refused: async () => undefined, moves: [] }

const workshopDoor = ({ workshopKey }: Settings, code: string, now: number): Door | Refusal => {
  const workshop = workshopKey === null ? null : readWorkshopCode(workshopKey, code)
  if (workshop === null || dayOf(now) > workshop.day) return refuse('ticket')
  return { name: `workshop ${code}`, max: workshop.families, until: endOf(workshop), whenFull: 'ticket' }
}

const networkDoor = ({ name, max }: NetworkLimit, now: number): Door => ({
  name: `network ${name}`,
  max,
  until: now + DAY_MS,
  whenFull: 'slow-down',
})

const passesTurnstile = async (
  { turnstile }: Settings,
  ticket: Ticket | null,
  vault: string,
): Promise<boolean> => {
  if (turnstile === null) return true
  if (ticket?.kind !== 'turnstile') return false
  const said = await verifyTurnstile(turnstile, ticket.token, vault)
  // Families are not locked out because another service is down: then the network alone is judged.
  if (said === 'unreachable') log('turnstile-out-of-order')
  return said !== 'wrong'
}

/** Goes through the doors one after the other; the last refusal takes back what the ones before have counted. */
const passDoors = async (env: Env, doors: readonly Door[], vault: string): Promise<Admission | Refusal> => {
  const keeperOf = (name: string) => env.DOORKEEPER.get(env.DOORKEEPER.idFromName(name))
  const [id = '', ...names] = await keeperOf('key').hashes([
    `vault ${vault}`,
    ...doors.map(({ name }) => name),
  ])
  const counted = names.map((name, at) => ({ keeper: keeperOf(name), door: doors[at] as Door }))
  const fresh: typeof counted = []
  const refused = async (): Promise<void> => {
    await Promise.all(fresh.map(({ keeper }) => keeper.release(id)))
  }
  for (const one of counted) {
    const verdict = await one.keeper.admit(id, one.door.max, one.door.until)
    if (verdict.kind === 'full') {
      await refused()
      const { whenFull } = one.door
      return refuse(whenFull, whenFull === 'slow-down' ? { waitMs: verdict.waitMs } : {})
    }
    if (verdict.fresh) fresh.push(one)
  }
  const made = async (): Promise<void> => {
    await Promise.all(counted.map(({ keeper, door }) => keeper.made(id, door.until)))
  }
  return { made, refused, moves: [] }
}

/** @returns a refusal (`slow-down`, `ticket`) of who is not let in */
export const admit = async (
  env: Env,
  headers: Headers,
  vault: string,
  ticket: Ticket | null,
): Promise<Admission | Refusal> => {
  const settings = settingsOf(env)
  const now = Date.now()
  if (ticket?.kind === 'workshop') {
    const door = workshopDoor(settings, ticket.code, now)
    return isRefusal(door) ? door : passDoors(env, [door], vault)
  }
  if (ticket?.kind === 'moved') {
    const passed = await env.VAULT.get(env.VAULT.idFromName(ticket.vault)).pass(ticket, vault)
    if (!isRefusal(passed)) return { ...FREE, moves: passed }
  }
  if (!(await passesTurnstile(settings, ticket, vault))) return refuse('ticket')
  // A developer's own machine.
  if (settings.local && isLoopback(headers)) return FREE
  return passDoors(
    env,
    networksOf(headers).map((network) => networkDoor(network, now)),
    vault,
  )
}
