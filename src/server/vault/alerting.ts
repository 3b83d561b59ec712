import { unwrapRosterKey } from '../../crypto/roster/roster-key.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { RosterChannel } from '../../protocol/channel.ts'
import type { Roster } from '../../protocol/roster.ts'
import type { Push } from '../channels/push.ts'
import { log } from '../log.ts'
import type { Posting } from '../mailroom/posting.ts'
import type { MailFacts } from '../mails/render.ts'
import { transition } from './alert-rules.ts'
import type { Effect, Event, State } from './alert-state.ts'
import type { AlertStore, Hold } from './alert-store.ts'
import type { CheckInStore } from './check-in-store.ts'
import type { Stores } from './committing.ts'
import type { ContactStore } from './contact-store.ts'
import type { CoreStore, PresserRow } from './core-store.ts'
import type { DeliveryRow, DeliveryStore } from './delivery-store.ts'
import type { LetterStore } from './letter-store.ts'
import type { OnItStore } from './on-it-store.ts'
import type { PushStore } from './push-store.ts'
import type { StopLinks } from './stop-links.ts'
import { destinationOf, leadFor, letterOf, postingOf, pushOf, rosterOf } from './wave.ts'

/** Carries out what the rules decide, inside one transaction of the caller. No network, no clock. */
type Repeat = Extract<Effect, { kind: 'repeat' }>
/** `skips`: whom a repeat leaves out; null for a press's wave, which leaves out nobody. */
type Round = {
  alert: string
  wave: number
  press: string
  pressedAt: number
  skips: ((contact: string) => boolean) | null
}

const newId = (): string => toText(crypto.getRandomValues(new Uint8Array(16)))

export class Alerting {
  readonly #core: CoreStore
  readonly #alerts: AlertStore
  readonly #deliveries: DeliveryStore
  readonly #letters: LetterStore
  readonly #contacts: ContactStore
  readonly #onIt: OnItStore
  readonly #stopLinks: StopLinks
  readonly #pushes: PushStore
  readonly #checkIns: CheckInStore

  constructor({ core, alerts, deliveries, letters, contacts, onIt, stopLinks, pushes, checkIns }: Stores) {
    this.#core = core
    this.#alerts = alerts
    this.#deliveries = deliveries
    this.#letters = letters
    this.#contacts = contacts
    this.#onIt = onIt
    this.#stopLinks = stopLinks
    this.#pushes = pushes
    this.#checkIns = checkIns
  }

  /**
   * Applies one event, effects included.
   * @param id the press or alert that the event or the caller names, so that it is loaded
   */
  apply(vault: string, id: string | null, event: Event, now: number): State {
    const before = this.#alerts.load(id)
    const { state, effects } = transition(before, event, now)
    this.#alerts.save(before, state)
    for (const effect of effects) this.#carryOut(vault, effect, state, now)
    if (effects.length > 0) this.#core.setDue('handover', now)
    return state
  }

  /** Keeps what opens the roster, from press to close. A key that does not open keeps the press from nothing. */
  holdFor(
    id: string,
    vault: string,
    presser: PresserRow,
    pressKey: string,
    origin: string,
    now: number,
  ): void {
    const version = this.#core.vault()?.version ?? 0
    const key = unwrapRosterKey(
      fromText(pressKey),
      fromText(vault),
      fromText(presser.id),
      version,
      fromText(presser.wrapped),
    )
    if (key === null) log('roster-key-not-opened')
    this.#alerts.addHold({ id, version, rosterKey: key === null ? null : toText(key), origin, at: now })
  }

  /** Does the roster of this hold open? */
  opens(vault: string, hold: string): boolean {
    return this.rosterFor(vault, hold) !== null
  }

  #carryOut(vault: string, effect: Effect, state: State, now: number): void {
    if (effect.kind === 'all-clear') this.#allClear(vault, effect.alert, state, now)
    else if (effect.kind === 'repeat') this.#repeat(vault, effect, now)
    else {
      const pressedAt = state.presses.find(({ id }) => id === effect.press)?.pressedAt ?? now
      this.#wave(vault, { ...effect, pressedAt, skips: null }, now)
    }
  }

  /** What the last press of the alert said, over the same roster. */
  #repeat(vault: string, { alert, wave, to }: Repeat, now: number): void {
    const last = this.#alerts.lastPress(alert)
    if (last === null) return
    const { openedAt } = this.#alerts.progress(alert)
    const skips = (contact: string) => to === 'unopened' && openedAt.has(contact)
    this.#wave(vault, { alert, wave, press: last.id, pressedAt: last.pressedAt, skips }, now)
  }

  #wave(vault: string, round: Round, now: number): void {
    const { alert, wave, pressedAt, skips } = round
    const opened = this.#openFirst(vault, round)
    this.#alerts.setRosterOpened(alert, opened !== null)
    if (opened === null) {
      log('roster-not-opened')
      return
    }
    for (const { id: contact, letter, channels } of opened.roster.contacts) {
      if (skips?.(contact)) continue
      if (this.#letters.has(letter)) this.#letters.release(alert, contact, letter, now)
      else log('letter-missing')
      const row = {
        alert,
        kind: 'alert',
        wave,
        contact,
        hold: opened.hold.id,
        pressedAt,
        createdAt: now,
      } as const
      const refused = this.#contacts.hasLeft(contact)
        ? 'stopped'
        : channels.length === 0
          ? 'no-address'
          : null
      if (refused !== null) {
        // Said once is enough: a repeat reaches no more than its wave did.
        if (skips === null) this.#deliveries.add({ ...row, id: newId(), channel: 0, way: null }, refused)
        continue
      }
      const places = channels.map(destinationOf)
      for (const [channel, where] of channels.entries()) {
        // The same address twice is one mailbox.
        if (places.indexOf(destinationOf(where)) < channel) continue
        this.addDelivery({ ...row, id: newId(), channel, way: where.kind }, where)
      }
    }
  }

  /** One message over one channel: by the mailroom, or from here to a browser. */
  addDelivery(row: DeliveryRow, channel: RosterChannel): void {
    const isGone = channel.kind === 'push' && this.#pushes.isGone(row.contact, channel.endpoint)
    this.#deliveries.add(row, isGone ? 'gone' : null)
    if (isGone || channel.kind !== 'push') return
    this.#pushes.add(row.id, row.createdAt)
    this.#core.setDue('push', row.createdAt)
  }

  /** The press's own roster; where that does not open, the newest of the same alert that does. */
  #openFirst(vault: string, effect: Pick<Round, 'alert' | 'press'>): { hold: Hold; roster: Roster } | null {
    const own = this.#alerts.hold(effect.press)
    for (const hold of [...(own === null ? [] : [own]), ...this.#alerts.holdsOf(effect.alert)]) {
      const roster = rosterOf(this.#alerts, vault, hold)
      if (roster !== null) return { hold, roster }
    }
    return null
  }

  /** To every address that was alerted, once; over a late hold (`lateHoldOf`), to every contact that was. Not to who has left. */
  #allClear(vault: string, alert: string, state: State, now: number): void {
    const { pressedAt, waves } = state.alerts.find(({ id }) => id === alert) ?? { pressedAt: now, waves: 1 }
    const told = new Set<string>()
    const tell = (contact: string, channel: number, hold: string, where: RosterChannel): void => {
      const place = `${contact} ${destinationOf(where)}`
      if (told.has(place) || this.#contacts.hasLeft(contact)) return
      told.add(place)
      const row = { alert, kind: 'clear', wave: waves, contact, channel, hold, pressedAt } as const
      this.addDelivery({ ...row, id: newId(), createdAt: now, way: where.kind }, where)
    }
    const alerted = this.#deliveries.alerted(alert)
    const late = this.#alerts.hold(lateHoldOf(alert))
    if (late !== null) {
      const contacts = new Set(alerted.map(({ contact }) => contact))
      for (const contact of rosterOf(this.#alerts, vault, late)?.contacts ?? []) {
        if (!contacts.has(contact.id)) continue
        for (const [channel, where] of contact.channels.entries()) tell(contact.id, channel, late.id, where)
      }
      return
    }
    const rosters = new Map<string, Roster | null>()
    for (const { contact, channel, hold } of alerted) {
      const roster = rosters.get(hold) ?? this.rosterFor(vault, hold)
      rosters.set(hold, roster)
      const where = roster?.contacts.find(({ id }) => id === contact)?.channels[channel]
      if (where === undefined) log('all-clear-without-address')
      else tell(contact, channel, hold, where)
    }
  }

  /** What a repeat can say when it is written: somebody may be on it by then. */
  #reminderOf({ kind, alert, wave, contact }: DeliveryRow): MailFacts['reminder'] {
    if (kind !== 'alert' || !this.#alerts.isRepeat(alert, wave)) return null
    if (this.#onIt.count(alert) === 0) return 'nobody'
    return this.#alerts.progress(alert).openedAt.has(contact) ? 'plain' : 'unopened'
  }

  rosterFor(vault: string, id: string): Roster | null {
    const hold = this.#alerts.hold(id)
    return hold === null ? null : rosterOf(this.#alerts, vault, hold)
  }

  /** @returns the push of each delivery, in their order, or null for one that cannot be written; `origin` says who sends it */
  pushes(
    vault: string,
    deliveries: readonly DeliveryRow[],
  ): { delivery: DeliveryRow; origin: string; push: Push | null }[] {
    return deliveries.map((delivery) => {
      const contact = this.rosterFor(vault, delivery.hold)?.contacts.find(({ id }) => id === delivery.contact)
      const origin = this.#alerts.hold(delivery.hold)?.origin ?? ''
      return { delivery, origin, push: contact === undefined ? null : pushOf(contact, delivery) }
    })
  }

  /** @returns the rendered message of each delivery, or null for one that cannot be written */
  postings(
    vault: string,
    deliveries: readonly DeliveryRow[],
  ): { delivery: DeliveryRow; posting: Posting | null }[] {
    const rosters = new Map<string, Roster | null>()
    return deliveries.map((delivery) => {
      const hold = this.#alerts.hold(delivery.hold)
      if (!rosters.has(delivery.hold)) rosters.set(delivery.hold, this.rosterFor(vault, delivery.hold))
      const roster = rosters.get(delivery.hold) ?? null
      const contact = roster?.contacts.find(({ id }) => id === delivery.contact)
      if (hold === null || roster === null || contact === undefined) return { delivery, posting: null }
      const letter = letterOf(contact, delivery.kind)
      const letterStored = letter !== null && this.#letters.has(letter)
      const lead = leadFor(roster, contact, (id) => this.#contacts.hasLeft(id))
      return {
        delivery,
        posting: postingOf({
          ...{ vault, origin: hold.origin, roster, contact, lead, delivery, letterStored },
          reminder: this.#reminderOf(delivery),
          checkIn: this.#checkIns.isPress(delivery.hold),
          stopFor: (address) => this.#stopLinks.tokenFor(contact.id, address),
        }),
      }
    })
  }
}

/** The hold of an all-clear that came after its alert had closed. An alert id is 22 letters, so no press has this id. */
export const lateHoldOf = (alert: string): string => `late.${alert}`
