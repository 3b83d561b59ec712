import { toText } from '../../protocol/bytes.ts'
import type { Refusal } from '../../protocol/codes.ts'
import { DRILLS_LISTED, type DrillContact, type ReadyAnswer } from '../../protocol/drill.ts'
import type { DeliveryState } from '../../protocol/vault.ts'
import { refuse } from '../refusal.ts'
import type { State } from './alert-state.ts'
import type { Alerting } from './alerting.ts'
import type { Stores } from './committing.ts'
import type { PresserRow, VaultRow } from './core-store.ts'
import { endOf, judgeDrill, nextDrillAt, notDrilled } from './drill-rules.ts'
import type { DrillDelivery } from './drill-store.ts'
import { destinationOf } from './wave.ts'

/**
 * A drill from its request to its messages (`protocol.md §7.8`), inside one transaction of the caller. What opens the roster is held
 * only until the messages are handed over. No network, no clock.
 */
type Start = {
  vault: VaultRow
  presser: PresserRow
  key: string
  origin: string
  drill: string
  /** What the rules of alerts know, and the press or alert of this id if there is one. */
  state: State
  now: number
}

const REACH: Record<DeliveryState, number> = { refused: 0, waiting: 1, sent: 2, delivered: 3 }
const newId = (): string => toText(crypto.getRandomValues(new Uint8Array(16)))

/** Each contact once, at the furthest point that any of its deliveries has reached. */
const furthest = (deliveries: readonly DrillDelivery[]): DrillContact[] => {
  const best = new Map<string, DrillContact>()
  for (const delivery of deliveries) {
    const known = best.get(delivery.contact)
    if (known === undefined || REACH[delivery.state] > REACH[known.state])
      best.set(delivery.contact, delivery)
  }
  return [...best.values()]
}

export class Drilling {
  readonly #stores: Stores
  readonly #alerting: Alerting

  constructor(stores: Stores, alerting: Alerting) {
    this.#stores = stores
    this.#alerting = alerting
  }

  /** The same drill again changes nothing. @returns why it does not start, or null */
  start({ vault, presser, key, origin, drill, state, now }: Start): Refusal | null {
    const { drills } = this.#stores
    if (drills.has(drill)) return null
    if (state.presses.some(({ id }) => id === drill) || state.alerts.some(({ id }) => id === drill))
      return refuse('malformed')
    const starts = drills.all().map(({ startedAt }) => startedAt)
    const judgement = judgeDrill(state, starts, now)
    if (judgement.kind === 'open-alert') return refuse('open-alert')
    if (judgement.kind === 'slow-down') return refuse('slow-down', { waitMs: judgement.waitMs })
    this.#alerting.holdFor(drill, vault.id, presser, key, origin, now)
    return this.#tell(vault, drill, now)
  }

  #tell(vault: VaultRow, drill: string, now: number): Refusal | null {
    const { core, deliveries, letters, contacts, drills } = this.#stores
    const roster = this.#alerting.rosterFor(vault.id, drill)
    if (roster === null) return refuse('try-again')
    const known = new Map(contacts.all().map((contact) => [contact.id, contact]))
    const people = roster.contacts.map(({ id, channels, practice }) => ({
      id,
      channels,
      practice,
      refused: notDrilled(known.get(id), channels.length),
    }))
    const isReady = people.every(
      ({ practice, refused }) => refused !== null || (practice !== null && letters.has(practice)),
    )
    // Whoever is written to must find something to open: the client commits practice letters first.
    if (!isReady) return refuse('conflict', { version: vault.version })
    drills.add(drill, now)
    drills.prune(DRILLS_LISTED)
    for (const { id: contact, channels, practice, refused } of people) {
      const row = {
        alert: drill,
        kind: 'drill',
        wave: 1,
        contact,
        hold: drill,
        pressedAt: now,
        createdAt: now,
      } as const
      if (refused !== null || practice === null) {
        deliveries.add({ ...row, id: newId(), channel: 0, way: null }, refused)
        continue
      }
      letters.release(drill, contact, practice, now)
      const places = channels.map(destinationOf)
      for (const [channel, where] of channels.entries()) {
        if (places.indexOf(destinationOf(where)) < channel) continue
        this.#alerting.addDelivery({ ...row, id: newId(), channel, way: where.kind }, where)
      }
    }
    core.setDue('handover', now)
    core.setDue('drills', drills.end(now))
    return null
  }

  list(now: number): Pick<ReadyAnswer, 'letters' | 'drills' | 'nextDrillAt'> {
    const { letters, drills } = this.#stores
    const all = drills.all()
    return {
      letters: letters.current().map(({ id: letter, version }) => ({ letter, version })),
      drills: all.map(({ id, startedAt }) => ({
        drill: id,
        startedAt,
        endsAt: endOf(startedAt),
        settled: drills.isSettled(id),
        contacts: furthest(drills.deliveries(id)),
      })),
      nextDrillAt: nextDrillAt(
        all.map(({ startedAt }) => startedAt),
        now,
      ),
    }
  }
}
