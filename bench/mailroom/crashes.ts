import { ROUTES } from '../../src/protocol/routes.ts'
import { oneOf, seeded } from './random.ts'
import { later, pressUntilReceived, questionOf, settleIn, startReal } from './real.ts'

/** The whole process killed in the middle of alerts, again and again, and started on the same disk. */
export type Crashes = { kills: number; contacts: number; seed: number }
export type Survived = {
  kills: number
  messages: number
  once: number
  oftener: number
  never: number
  /** Alerts whose presser was told at the end that every message was sent. */
  told: number
  requests: number
  faults: number
}

/** A kill comes at random within this time after a press. */
const WITHIN_MS = 900
const PATIENCE_MS = 240_000
const FAULTS = ['drop-before', 'drop-after', 'internal_server_error', 'rate_limit_exceeded'] as const

export const crashCampaign = async (
  { kills, contacts, seed }: Crashes,
  say: (kill: number) => void = () => undefined,
): Promise<Survived> => {
  const random = seeded(seed)
  const real = await startReal({ perSecond: 20 })
  const { double, server, ask } = real
  try {
    const families = await settleIn(real, kills, contacts)
    double.meetByChance(() => (random() < 0.2 ? oneOf(random, FAULTS) : 'none'))
    const alerts: string[] = []
    for (const [kill, family] of families.entries()) {
      const pressing = pressUntilReceived(real, family)
      await later(random() * WITHIN_MS)
      await server.kill()
      await server.restart()
      alerts.push(await pressing)
      say(kill + 1)
    }
    double.meetByChance(() => 'none')
    const addresses = families.flatMap((family) => family.contacts.map(({ address }) => address))
    const times = (): Map<string, number> => {
      const counts = new Map<string, number>(addresses.map((address) => [address, 0]))
      for (const { to } of double.accepted) counts.set(to, (counts.get(to) ?? 0) + 1)
      return counts
    }
    const told = async (): Promise<number> => {
      let count = 0
      for (const [at, family] of families.entries()) {
        const { body } = await ask(ROUTES.status, questionOf(family, alerts[at] ?? ''))
        if ((body.counts as { sent?: number } | undefined)?.sent === contacts) count += 1
      }
      return count
    }
    const until = Date.now() + PATIENCE_MS
    while ([...times().values()].includes(0) && Date.now() < until) await later(500)
    while ((await told()) < families.length && Date.now() < until) await later(2_000)
    // Whatever would come twice has time to.
    await later(7_000)
    const counts = [...times().values()]
    return {
      kills,
      messages: addresses.length,
      once: counts.filter((count) => count === 1).length,
      oftener: counts.filter((count) => count > 1).length,
      never: counts.filter((count) => count === 0).length,
      told: await told(),
      requests: double.requests.length,
      faults: double.requests.filter(({ fault }) => fault !== 'none').length,
    }
  } finally {
    await real.stop()
  }
}
