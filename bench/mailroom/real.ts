import { randomBytes } from 'node:crypto'
import { ROUTES } from '../../src/protocol/routes.ts'
import { commitOf, type Family, newFamily, newId, pressKey } from '../../test/server/family.ts'
import { ResendDouble } from '../../test/support/resend-double.ts'
import type { Limits } from '../../test/support/resend-rules.ts'
import { startServer, type TestServer } from '../../test/support/server.ts'

/** The real Worker on this machine, with real vaults, and the provider's double behind it. */
export type Real = {
  server: TestServer
  double: ResendDouble
  /** @returns the answer, whatever it is; throws where none comes */
  ask: (path: string, body: unknown) => Promise<{ status: number; body: Record<string, unknown> }>
  stop: () => Promise<void>
}

export const startReal = async (limits: Partial<Limits>): Promise<Real> => {
  const double = new ResendDouble(Date.now, limits)
  const provider = await double.listen()
  const server = await startServer({
    settings: {
      RESEND_API_KEY: double.apiKey,
      RESEND_BASE_URL: provider.url,
      AMPARO_FROM: 'Amparo <alert@example.org>',
    },
  })
  return {
    server,
    double,
    ask: async (path, body) => {
      // Each from another network, so that none is told to slow down.
      const [a, b, c] = randomBytes(3)
      const response = await fetch(server.origin + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'cf-connecting-ip': `10.${a}.${b}.${c}` },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    stop: async () => {
      await server.stop()
      await provider.close()
    },
  }
}

export const familyOf = (contacts: number): Family => {
  const family = newFamily()
  while (family.contacts.length < contacts) family.contacts.push(...newFamily().contacts)
  family.contacts.length = contacts
  return family
}

export const later = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))

/** One after the other, in so many rows at once. */
export const inTurns = async <T>(
  list: readonly T[],
  rows: number,
  work: (one: T, at: number) => Promise<void>,
): Promise<void> => {
  let next = 0
  const row = async (): Promise<void> => {
    while (next < list.length) {
      const at = next
      next += 1
      await work(list[at] as T, at)
    }
  }
  await Promise.all(Array.from({ length: rows }, row))
}

/** Vaults with so many contacts each. */
export const settleIn = async ({ ask }: Real, count: number, contacts: number): Promise<Family[]> => {
  const families = Array.from({ length: count }, () => familyOf(contacts))
  await inTurns(families, 8, async (family) => {
    const { status, body } = await ask(ROUTES.commit, commitOf(family))
    if (status !== 200) throw new Error(`a commit was refused: ${JSON.stringify(body)}`)
  })
  return families
}

export const questionOf = (family: Family, alert: string) => ({
  vault: family.vault,
  key: pressKey(family),
  alert,
})

/** Presses as a phone does: again, with the same id, until it is received. @returns the alert's id */
export const pressUntilReceived = async ({ ask }: Real, family: Family): Promise<string> => {
  const question = questionOf(family, newId())
  for (;;) {
    const answer = await ask(ROUTES.press, { ...question, ageMs: 0, practice: false }).catch(() => null)
    if (answer?.status === 200) return question.alert
    await later(100)
  }
}
