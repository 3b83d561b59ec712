import { boundMs, type Course, type Raid } from './raid.ts'
import { inTurns, later, pressUntilReceived, settleIn, startReal } from './real.ts'

/** A raid on the real Worker on this machine, over HTTP. */
export const realRaid = async (raid: Raid): Promise<Course> => {
  const real = await startReal({ perSecond: raid.perSecond })
  const { double } = real
  try {
    const families = await settleIn(real, raid.presses, raid.contacts)
    const began = Date.now()
    const pressed: number[] = []
    const pressedAt = new Map<string, number>()
    await inTurns(families, 20, async (family, press) => {
      await later(began + (press / raid.presses) * raid.overMs - Date.now())
      const at = Date.now() - began
      pressed.push(at)
      for (const { address } of family.contacts) pressedAt.set(address, at)
      await pressUntilReceived(real, family)
    })
    const until = Date.now() + 5 * boundMs(raid) + 60_000
    while (double.accepted.length < pressedAt.size) {
      if (Date.now() > until) throw new Error(`${double.accepted.length} of ${pressedAt.size} were accepted`)
      await later(50)
    }
    // Whatever would come twice has time to.
    await later(3_000)
    const { accepted, requests } = double
    if (accepted.length !== pressedAt.size || new Set(accepted.map(({ to }) => to)).size !== pressedAt.size)
      throw new Error('not every message was accepted exactly once')
    return {
      pressed: pressed.sort((a, b) => a - b),
      accepted: accepted.map(({ at }) => at - began),
      requests: requests.length,
      refused: requests.length - new Set(accepted.map(({ key }) => key)).size,
      waited: accepted.map(({ at, to }) => at - began - (pressedAt.get(to) ?? 0)).sort((a, b) => a - b),
    }
  } finally {
    await real.stop()
  }
}
