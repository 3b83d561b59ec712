import { computed, effect, signal } from '@preact/signals'
import { openSteps, sealSteps } from '../../../../crypto/steps.ts'
import { AFTER_ROUTES } from '../../../../protocol/after-routes.ts'
import { fromText, toText } from '../../../../protocol/bytes.ts'
import { DoneAnswer } from '../../../../protocol/done.ts'
import { isPlainName } from '../../../../protocol/plain-name.ts'
import { StepsAnswer } from '../../../../protocol/steps.ts'
import { ask } from '../../../../queue/ask.ts'
import {
  countsOf,
  isDone,
  nextSet,
  type Said,
  united,
  unmet,
  type Wishes,
  wanted,
} from '../../../next-steps/ticks.ts'
import { random } from '../../../vault/random.ts'
import { link } from '../../first-request.ts'
import { checkedAt, gone, type Open, opened, openerOf, read, standing } from '../standing.ts'
import { readKept, writeKept } from './kept-wishes.ts'

/**
 * Ticks of the steps, shared among those who have opened a letter of this alert (`protocol.md §7.14`). A tick is at once on this screen,
 * and is called shared only once the service has taken it; until then it is kept in this tab and tried again.
 */

/** What the service holds; null until it has answered. `mine` stands first in `sets`. */
type Shared = { pressedAt: number; said: number; mine: Said; sets: readonly Said[] }
const shared = signal<Shared | null>(null)
const wishes = signal<Wishes>(new Map())
export const role = signal('')
/** The last try did not get through. */
export const failing = signal(false)
/** The owner has said that all is well: nothing is ticked any more. */
export const over = signal(false)
/** Whether the service has said what was ticked so far. */
export const isKnown = computed(() => shared.value !== null)

export const sets = computed(() => shared.value?.sets ?? [])
const counts = computed(() => united(sets.value.map((set) => set.counts)))
/** On this screen, and not taken by the service yet. */
export const waiting = computed(() => unmet(wishes.value, counts.value))
/** With what is ticked in this tab alone. */
const here = computed(() => wanted(wishes.value, counts.value))
export const ticked = (step: string): boolean => here.value.get(step) ?? isDone(counts.value, step)

/** Of which alert the kept ticks are. */
let keptFor: number | null = null

const keepAll = (): void => writeKept({ pressedAt: keptFor, wishes: here.value, role: role.value })

const opensAs = (open: Open, pressedAt: number, sealed: string): Said | null => {
  if (link === null) return null
  const set = openSteps(fromText(open.letter.situation), link.vault, pressedAt, fromText(sealed))
  if (set === null) return null
  // A contact may have sealed anything as a name.
  const name = set.name !== null && isPlainName(set.name) ? set.name : null
  return { name, counts: countsOf(set.steps) }
}

const take = (open: Open, { pressedAt, said, mine, others }: StepsAnswer): void => {
  const own = (mine === null ? null : opensAs(open, pressedAt, mine)) ?? { name: null, counts: new Map() }
  const theirs = others.flatMap((sealed) => opensAs(open, pressedAt, sealed) ?? [])
  // Ticks of an alert before this one are of no use in it.
  if (keptFor !== null && keptFor !== pressedAt) wishes.value = new Map()
  keptFor = pressedAt
  shared.value = { pressedAt, said, mine: own, sets: [own, ...theirs] }
  wishes.value = here.value
  keepAll()
}

type Opener = NonNullable<ReturnType<typeof openerOf>>

const readAll = async (open: Open, opener: Opener): Promise<boolean> => {
  const reply = await ask(AFTER_ROUTES.steps, JSON.stringify(opener), StepsAnswer)
  if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') gone.value = true
  if (reply.kind === 'answer') take(open, reply.answer)
  return reply.kind === 'answer'
}

const myName = (): string | null => {
  const sealed = standing.value?.mine?.sealed
  return (sealed === undefined ? null : read(sealed)?.name) ?? null
}

/** @returns whether there is nothing left to send, or no more sense in it */
const send = async (open: Open, opener: Opener): Promise<boolean> => {
  const now = shared.value
  if (now === null || link === null) return false
  if (waiting.value.size === 0) return true
  const steps = nextSet(now.mine.counts, counts.value, waiting.value)
  const { pressedAt, said } = now
  const set = { v: 1 as const, pressedAt, name: myName(), steps }
  const sealed = toText(sealSteps(fromText(open.letter.situation), link.vault, set, random))
  const body = JSON.stringify({ ...opener, pressedAt, after: said, sealed })
  const reply = await ask(AFTER_ROUTES.tick, body, DoneAnswer, { keepalive: true })
  if (reply.kind === 'answer') {
    const mine = { name: set.name, counts: countsOf(steps) }
    shared.value = { ...now, said: said + 1, mine, sets: [mine, ...now.sets.slice(1)] }
    wishes.value = here.value
    keepAll()
    return true
  }
  if (reply.kind === 'refusal' && reply.refusal.error === 'closed') over.value = true
  return over.value
}

const TRIES = 3

const run = async (): Promise<void> => {
  const open = opened()
  const opener = open === null || open.doubtful ? null : openerOf(open)
  if (open === null || opener === null || gone.value) return
  for (let tries = 0; tries < TRIES; tries += 1) {
    // Whatever became of the last try, what the service holds says it: an answer that was lost, another tab, another phone.
    const known = await readAll(open, opener)
    failing.value = !known
    if (!known) return
    if (await send(open, opener)) return
    failing.value = waiting.value.size > 0
  }
}

let running: Promise<void> | null = null
let again = false

/** Reads, and sends what waits. One at a time; asked for meanwhile, it goes round once more. */
export const sync = async (): Promise<void> => {
  again = true
  running ??= (async () => {
    while (again) {
      again = false
      await run().catch(() => {
        failing.value = true
      })
    }
    running = null
  })()
  await running
}

export const tick = (step: string, done: boolean): void => {
  wishes.value = new Map([...here.value, [step, done]])
  keepAll()
  void sync()
}

export const pickRole = (picked: string): void => {
  role.value = picked
  keepAll()
}

/** For the life of the page: with each look at how things stand, and when a line comes back. */
export const watchTicks = (): void => {
  const kept = readKept()
  keptFor = kept.pressedAt
  wishes.value = kept.wishes
  role.value = kept.role
  effect(() => {
    over.value = standing.value?.alert.state === 'cleared'
  })
  checkedAt.subscribe(() => void sync())
  globalThis.addEventListener('online', () => void sync())
}
