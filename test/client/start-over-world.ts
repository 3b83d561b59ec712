import { vi } from 'vitest'
import { tokenHash } from '../../src/crypto/presser.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { GuardSetRequest, GuardTryRequest } from '../../src/protocol/guard.ts'
import type { PressAnswer } from '../../src/protocol/press.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { AlertsAnswer, CommitRequest, OwnerRequest } from '../../src/protocol/vault.ts'

/**
 * A phone and a service, as far as starting over needs them, and a death at any step: after so many writes and requests nothing that the app does has
 * any effect any more. Each request counts twice: dead before it arrives, or before its answer does.
 */
type Stored = {
  token: string
  version: number
  lastCommit: string
  document: string
  plan: string | null
  pressers: string[]
  contacts: string[]
  guards: Record<string, { device: string; slots: { pin: string; share: string }[] }>
  alert: string | null
  left: string[]
  told?: string[]
}
export type Service = { vaults: Record<string, Stored>; ended: string[]; moved: Record<string, string> }
/** `trail`: all that was ever written to the storage, which is a log. `files`: what lies in the Cache API. */
export type World = {
  phone: Record<string, string>
  trail: string[]
  files: Record<string, string>
  service: Service
}

export const world: World = { phone: {}, trail: [], files: {}, service: { vaults: {}, ended: [], moved: {} } }
export const save = (): World => structuredClone(world)
export const load = (saved: World): void => {
  Object.assign(world, structuredClone(saved))
}

let fuse = Number.POSITIVE_INFINITY
export let steps = 0
const burn = (): void => {
  steps += 1
  if (steps > fuse) throw new Error('dead')
}
/** @param after so many steps; infinitely many: alive */
export const dieAfter = (after = Number.POSITIVE_INFINITY): void => {
  steps = 0
  fuse = after
}
export const isDead = (): boolean => steps > fuse

const hashOf = (text: string): string => toText(tokenHash(fromText(text)))
const NO_COUNTS = { contacts: 0, waiting: 0, sent: 0, delivered: 0, refused: 0, opened: 0, onIt: 0 }
type Answer = { status: number; body: object }
const refused = (status: number, error: string, more: object = {}): Answer => ({
  status,
  body: { error, ...more },
})
const UNKNOWN = refused(404, 'unknown')
const ok = (more: object = {}): Answer => ({ status: 200, body: { ok: true, ...more } })

const commit = (request: CommitRequest): Answer => {
  const { vaults, ended, moved } = world.service
  const there = vaults[request.vault]
  if (ended.includes(request.vault)) return UNKNOWN
  if (there !== undefined && there.token !== hashOf(request.token)) return UNKNOWN
  if (there?.lastCommit === request.commit) return ok({ version: there.version })
  const version = there?.version ?? 0
  if (version !== request.base) return refused(409, 'conflict', { version })
  if (request.ticket?.kind === 'moved') {
    const before = vaults[request.ticket.vault]
    if (before === undefined || before.token !== hashOf(request.ticket.token)) return refused(403, 'ticket')
    moved[request.ticket.vault] ??= request.vault
    if (moved[request.ticket.vault] !== request.vault) return refused(403, 'ticket')
  }
  vaults[request.vault] = {
    ...{ guards: {}, alert: null, left: [], ...there },
    token: hashOf(request.token),
    version: version + 1,
    lastCommit: request.commit,
    document: request.document,
    plan: request.plan === 'keep' ? (there?.plan ?? null) : request.plan,
    pressers: request.pressers.map(({ hash }) => hash),
    contacts: request.contacts.map(({ id }) => id),
  }
  return ok({ version: version + 1 })
}

const answerTo = (route: string, body: Record<string, unknown>): Answer => {
  if (route === ROUTES.commit) return commit(body as CommitRequest)
  const { vaults, ended } = world.service
  const { vault: id } = body as { vault: string }
  const vault = vaults[id]
  if (vault === undefined) return UNKNOWN
  if (route === ROUTES.press) {
    if (!vault.pressers.includes(hashOf(String(body.key)))) return UNKNOWN
    const answer: PressAnswer = {
      ...{ ok: true, state: 'open', practice: false, pressedAt: 1, receivedAt: 1, releaseInMs: 0 },
      ...{ counts: NO_COUNTS, heldUntil: null },
    }
    return ok(answer)
  }
  if (route === ROUTES.guardTry) {
    const { guard, device, pin } = body as GuardTryRequest
    const slots = vault.guards[guard]?.device === hashOf(device) ? vault.guards[guard].slots : []
    const slot = slots.find((one) => one.pin === hashOf(pin))
    return slot === undefined ? UNKNOWN : ok({ share: slot.share })
  }
  if (vault.token !== hashOf((body as OwnerRequest).token)) return UNKNOWN
  const { version, document } = vault
  switch (route) {
    case ROUTES.open:
      return ok({ version, document })
    case ROUTES.plan:
      return ok({ plan: vault.plan === null ? null : { version: 1, sealed: vault.plan } })
    case ROUTES.guardSet: {
      const { guard, device, slots } = body as GuardSetRequest
      vault.guards[guard] = { device, slots }
      return ok()
    }
    case ROUTES.told:
      return ok({ endpoints: vault.told ?? [] })
    case ROUTES.guardRemove:
      return ok()
    case ROUTES.ready:
      return ok({ version, keyKnown: false, letters: [], drills: [], nextDrillAt: null })
    case ROUTES.contacts:
      return ok({
        version,
        contacts: vault.contacts.map((contact) => ({
          ...{ contact, answers: 0, answer: null },
          ...(vault.left.includes(contact) ? { state: 'left', at: 1 } : { state: 'invited', at: null }),
        })),
      })
    case ROUTES.alerts: {
      const times = { pressedAt: 1, receivedAt: 1, releasedAt: 1, closedAt: null, waves: 1, heldUntil: null }
      const open = { state: 'open', ...times, lettersOut: true, contacts: [], presses: [] } as const
      const alerts = vault.alert === null ? [] : [{ alert: vault.alert, ...open }]
      const answer: AlertsAnswer = {
        ...{ ok: true, version },
        alerts: alerts.map((one) => ({ ...one, contacts: [], presses: [] })),
      }
      return ok(answer)
    }
    case ROUTES.clear:
      if (vault.alert !== body.alert) return UNKNOWN
      vault.alert = null
      return ok()
    case ROUTES.end:
      if (vault.alert !== null) return refused(409, 'open-alert')
      delete vaults[id]
      ended.push(id)
      return ok()
    default:
      throw new Error(route)
  }
}

const localStorage = {
  getItem: (key: string): string | null => world.phone[key] ?? null,
  setItem: (key: string, value: string): void => {
    if (!key.endsWith('probe')) burn()
    world.phone[key] = value
    world.trail.push(value)
  },
  removeItem: (key: string): void => {
    if (!key.endsWith('probe')) burn()
    delete world.phone[key]
  },
}

const caches = {
  open: async (name: string) => ({
    put: async (_: string, response: Response): Promise<void> => {
      const text = await response.text()
      burn()
      world.files[name] = text
    },
  }),
  match: async (_: string, { cacheName }: { cacheName: string }) => {
    const found = world.files[cacheName]
    return found === undefined ? undefined : new Response(found)
  },
  delete: async (name: string): Promise<boolean> => {
    burn()
    return delete world.files[name]
  },
}

/** What happens elsewhere in the moment after the service has said which alerts there are. */
export const after: { alerts: (() => Promise<void>) | null } = { alerts: null }

/** False: requests go nowhere. */
export const line = { up: true }

export const stubWorld = (): void => {
  vi.stubGlobal('localStorage', localStorage)
  vi.stubGlobal('caches', caches)
  vi.stubGlobal('fetch', async (route: string, { body }: { body: string }) => {
    if (!line.up) throw new TypeError('no line')
    burn()
    const answer = answerTo(route, JSON.parse(body))
    if (route === ROUTES.alerts) await after.alerts?.()
    burn()
    return Response.json(answer.body, { status: answer.status })
  })
}
