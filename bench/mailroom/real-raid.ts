import { randomBytes } from 'node:crypto'
import { ROUTES } from '../../src/protocol/routes.ts'
import { commitOf, type Family, newFamily, newId, pressKey } from '../../test/server/family.ts'
import { ResendDouble } from '../../test/support/resend-double.ts'
import { startServer } from '../../test/support/server.ts'
import { boundMs, type Course, type Raid } from './raid.ts'

/** A raid on the real Worker on this machine: real vaults, real presses over HTTP, the provider's double behind it. */
const AT_ONCE = 20

const familyOf = (contacts: number): Family => {
  const family = newFamily()
  while (family.contacts.length < contacts) family.contacts.push(...newFamily().contacts)
  family.contacts.length = contacts
  return family
}

const inTurns = async <T>(list: readonly T[], work: (one: T, at: number) => Promise<void>): Promise<void> => {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < list.length) {
      const at = next
      next += 1
      await work(list[at] as T, at)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))

export const realRaid = async (raid: Raid): Promise<Course> => {
  const double = new ResendDouble(Date.now, { perSecond: raid.perSecond })
  const provider = await double.listen()
  const server = await startServer({
    settings: {
      RESEND_API_KEY: double.apiKey,
      RESEND_BASE_URL: provider.url,
      AMPARO_FROM: 'Amparo <alert@example.org>',
    },
  })
  const ask = async (path: string, body: unknown): Promise<void> => {
    const [a, b, c] = randomBytes(3)
    const response = await fetch(server.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cf-connecting-ip': `10.${a}.${b}.${c}` },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  try {
    const families = Array.from({ length: raid.presses }, () => familyOf(raid.contacts))
    await inTurns(families, (family) => ask(ROUTES.commit, commitOf(family)))
    const began = Date.now()
    const pressed: number[] = []
    const pressedAt = new Map<string, number>()
    await inTurns(families, async (family, press) => {
      await later(began + (press / raid.presses) * raid.overMs - Date.now())
      const at = Date.now() - began
      pressed.push(at)
      for (const { address } of family.contacts) pressedAt.set(address, at)
      const key = { vault: family.vault, key: pressKey(family), alert: newId() }
      await ask(ROUTES.press, { ...key, ageMs: 0, practice: false })
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
    await server.stop()
    await provider.close()
  }
}
