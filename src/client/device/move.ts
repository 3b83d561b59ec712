import * as z from 'zod/mini'
import { Id, Key } from '../../protocol/fields.ts'
import { SUCCESSOR_KEY } from '../../queue/press-queue.ts'
import { phone } from './phone.ts'

/**
 * That this phone goes over from one vault to another (`protocol.md §7.16`), as far as it must be known without a PIN: what a press of the old one
 * becomes, and that something is unfinished. What reads is in `move-note.ts`.
 */
const Successor = z.strictObject({ from: Id, vault: Id, key: Key })
type Successor = z.infer<typeof Successor>

export const writeSuccessor = async (successor: Successor): Promise<void> =>
  (await phone()).set(SUCCESSOR_KEY, successor)

export const dropSuccessor = async (): Promise<void> => (await phone()).delete(SUCCESSOR_KEY)

/** Whether this phone has begun to leave that vault. */
export const wasLeft = async (vault: string): Promise<boolean> => {
  const parsed = Successor.safeParse(await (await phone()).get(SUCCESSOR_KEY))
  return parsed.success && parsed.data.from === vault
}

const Open = z.looseObject({ open: z.literal(true) })

/** Something of it is still to be done. */
export const isMoving = async (): Promise<boolean> =>
  Open.safeParse(await (await phone()).get('move')).success
