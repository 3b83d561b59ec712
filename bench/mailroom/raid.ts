import { type Mail, Simulation } from './simulation.ts'

/** Very many presses within a minute, before a provider that takes a few requests a second. */
export type Raid = { presses: number; contacts: number; overMs: number; perSecond: number; seed: number }
/** Instants from the first press on, in ms, each list in order. */
export type Course = {
  pressed: number[]
  accepted: number[]
  requests: number
  refused: number
  /** From the press to the acceptance of a message. */
  waited: number[]
}

const BATCH_MAX = 100

/** What no sender could do better, in ms, if a request holds so many messages. */
export const boundMs = ({ presses, contacts, perSecond }: Raid, aRequest = BATCH_MAX): number =>
  Math.ceil((presses * contacts) / aRequest / perSecond) * 1_000

export const simulateRaid = async (raid: Raid): Promise<Course> => {
  const simulation = new Simulation({ seed: raid.seed, limits: { perSecond: raid.perSecond } })
  const began = simulation.world.now
  const pressed = Array.from({ length: raid.presses }, (_, press) =>
    press === 0 ? 0 : Math.floor(simulation.random() * raid.overMs),
  ).sort((a, b) => a - b)
  const pressedAt = new Map<string, number>()
  for (const [press, at] of pressed.entries()) {
    const mails = Array.from({ length: raid.contacts }, (_, contact): Mail => {
      const delivery = `${press}.${contact}`
      const address = `${delivery}@example.org`
      pressedAt.set(address, at)
      return { delivery, vault: `v${press}`, alert: `a${press}`, priority: 'alert', address }
    })
    simulation.post(began + at, mails)
  }
  await simulation.world.run()
  const { accepted, requests } = simulation.double
  if (new Set(accepted.map(({ to }) => to)).size !== pressedAt.size || accepted.length !== pressedAt.size)
    throw new Error('not every message was accepted exactly once')
  return {
    pressed,
    accepted: accepted.map(({ at }) => at - began),
    requests: requests.length,
    refused: requests.length - new Set(accepted.map(({ key }) => key)).size,
    waited: accepted.map(({ at, to }) => at - began - (pressedAt.get(to) ?? 0)).sort((a, b) => a - b),
  }
}

export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
