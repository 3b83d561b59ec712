import { toText } from '../../protocol/bytes.ts'
import type {
  ArmRequest,
  CheckInAnswer,
  CheckInSummary,
  CheckInsAnswer,
  CheckInsRequest,
  EndRequest,
  ExtendRequest,
  ReminderCodeRequest,
  WellRequest,
} from '../../protocol/check-in.ts'
import type { Refusal } from '../../protocol/codes.ts'
import type { DoneAnswer } from '../../protocol/done.ts'
import { CHECK_IN_AHEAD_MAX_MS, CHECK_INS_LISTED, CHECK_INS_MAX } from '../../protocol/limits.ts'
import { hashOf, sameHash } from '../hash.ts'
import { log } from '../log.ts'
import { renderCode } from '../mails/render-code.ts'
import { refuse } from '../refusal.ts'
import { withTimeout } from '../timeout.ts'
import type { Advancing } from './advancing.ts'
import type { Alerting } from './alerting.ts'
import {
  type CheckIn,
  type CheckInEffect,
  type CheckInEvent,
  type CheckIns,
  nextAt,
  nextDueAt,
  pressAtOf,
  transition,
} from './check-in-rules.ts'
import type { CheckInStore } from './check-in-store.ts'
import type { Stores } from './committing.ts'
import type { PresserRow, VaultRow } from './core-store.ts'
import type { Door } from './door.ts'
import type { Errands } from './errands.ts'
import { mailedLink } from './mailed-link.ts'
import { newCode } from './new-code.ts'
import { reminderId } from './reminding.ts'
import { isZone } from './wall-clock.ts'

/** Check-ins from their requests to their press (`protocol.md §7.12`). The rules decide; here it is written down and carried out. */
const KEPT_MS = 7 * 86_400_000
const KEPT_ENDS = 100
/** Of one presser, with those that have pressed: whoever holds the phone could arm one a second. */
const CHECK_INS_KEPT = 32

type Rooms = { door: Door; alerting: Alerting; advancing: Advancing; errands: Errands }

type Armer = { id: string; hash: string; arms: boolean }

const newId = (): string => toText(crypto.getRandomValues(new Uint8Array(16)))

export class CheckingIn {
  readonly #ctx: DurableObjectState
  readonly #stores: Stores
  readonly #checkIns: CheckInStore
  readonly #rooms: Rooms

  constructor(ctx: DurableObjectState, stores: Stores, rooms: Rooms) {
    this.#ctx = ctx
    this.#stores = stores
    this.#checkIns = stores.checkIns
    this.#rooms = rooms
  }

  /** @param origin of the links in the messages, where the host has not set one */
  async arm(request: ArmRequest, origin: string): Promise<CheckInAnswer | Refusal> {
    const known = this.#rooms.door.arming(request.key)
    if (known === null) return refuse('unknown')
    if (!isZone(request.zone)) return refuse('malformed')
    const { checkIn: id, remind } = request
    const mail = remind?.mail ?? null
    const isThere = this.#checkIns.all().some((one) => one.id === id) || this.#checkIns.isEnded(id)
    if (mail !== null && !isThere) {
      const proven = await this.#proven(known.vault.id, id, mail)
      if (proven !== null) return proven
    }
    return this.#changed(() => {
      // A commit may have come in between.
      const again = this.#rooms.door.arming(request.key)
      if (again === null) return refuse('unknown')
      const before = this.tick(again.vault)
      if (before.some((one) => one.id === id) || this.#checkIns.isEnded(id)) return id
      // It was there when it was asked, so no code was looked at: it is forgotten by now.
      if (mail !== null && isThere) return refuse('try-again')
      return this.#arm(before, again, request, this.#rooms.errands.originFor(origin))
    })
  }

  #arm(
    before: CheckIns,
    { vault, presser: { id: presser } }: { vault: VaultRow; presser: PresserRow },
    request: ArmRequest,
    origin: string,
  ): Refusal | string {
    const { checkIn: id, schedule, zone, graceMs, remind, key, said } = request
    const now = Date.now()
    const own = before.filter((one) => one.presser === presser)
    const armed = own.filter(({ stage }) => stage === 'armed')
    if (armed.length >= CHECK_INS_MAX || own.length >= CHECK_INS_KEPT) return refuse('full')
    if ((nextAt(schedule, zone, now) ?? now) > now + CHECK_IN_AHEAD_MAX_MS) return refuse('malformed')
    const checkIn = { id, presser, schedule, zone, graceMs, remindMs: remind?.beforeMs ?? null }
    const after = this.#apply(vault, { kind: 'arm', checkIn, alert: newId() })
    if (!after.some((one) => one.id === id)) return id
    this.#checkIns.setKey(presser, key)
    const ways = { language: remind?.language ?? 'en', push: remind?.push ?? null } as const
    this.#checkIns.setWays(id, { origin, ...ways, address: remind?.mail?.address ?? null, said })
    return id
  }

  async list({ key, token }: CheckInsRequest): Promise<CheckInsAnswer | Refusal> {
    const { door, errands } = this.#rooms
    const owned = token === null ? null : door.ownedBy(token)
    const arming = owned !== null || key === null ? null : door.arming(key)
    const vault = owned ?? arming?.vault ?? null
    if (vault === null) return refuse('unknown')
    const all = this.#ctx.storage.transactionSync(() => this.tick(vault))
    await errands.arm()
    await this.#ctx.storage.sync()
    const checkIns = all
      .filter(({ presser }) => owned !== null || presser === arming?.presser.id)
      .slice(0, CHECK_INS_LISTED)
      .map((one) => this.#summary(one))
    return { ok: true, now: Date.now(), checkIns }
  }

  async well({ token, checkIn: id, round }: WellRequest): Promise<CheckInAnswer | Refusal> {
    return this.#byOwner(token, id, { kind: 'well', id, round, alert: newId() })
  }

  async extend({ token, checkIn: id, round, dueAt, byMs }: ExtendRequest): Promise<CheckInAnswer | Refusal> {
    return this.#byOwner(token, id, { kind: 'extend', id, round, dueAt, byMs })
  }

  async end({ token, checkIn: id, seen }: EndRequest): Promise<CheckInAnswer | Refusal> {
    return this.#byOwner(token, id, { kind: 'end', id, seen })
  }

  async code(request: ReminderCodeRequest, origin: string): Promise<DoneAnswer | Refusal> {
    const known = this.#rooms.door.arming(request.key)
    if (known === null) return refuse('unknown')
    const { checkIn: contact, address, language } = request
    const { id: vault } = known.vault
    const { errands } = this.#rooms
    const stop = this.#stores.stopLinks.tokenFor(contact, address)
    const code = newCode()
    const stopUrl = mailedLink(errands.originFor(origin), 'stop', vault, contact, stop)
    const mail = renderCode({ language, code, stopUrl })
    return this.#asked<DoneAnswer | Refusal>(async () =>
      errands.roomOf('email').code({ asker: 'owner', vault, contact, stop, address, code, ...mail }),
    )
  }

  /** What a commit has left without its presser, or under another secret, presses no more. Within a transaction of the caller. */
  follow(vault: VaultRow): void {
    const gone = this.#missingIn(this.#stores.core.pressers())
    if (gone.length > 0) this.#apply(vault, { kind: 'drop', pressers: gone })
  }

  /** Would what is armed, and has not run out, be left without its presser? */
  isNeeded(pressers: readonly Armer[]): boolean {
    const gone = this.#missingIn(pressers)
    const now = Date.now()
    return this.#checkIns
      .all()
      .some((one) => one.stage === 'armed' && pressAtOf(one) > now && gone.includes(one.presser))
  }

  #missingIn(pressers: readonly Armer[]): string[] {
    const known = new Map(pressers.filter(({ arms }) => arms).map(({ id, hash }) => [id, hash]))
    return this.#checkIns
      .keys()
      .filter(({ presser, key }) => !sameHash(known.get(presser) ?? '', hashOf(key)))
      .map(({ presser }) => presser)
  }

  /** Lets time act. Within a transaction of the caller. */
  tick(vault: VaultRow): CheckIns {
    return this.#apply(vault, { kind: 'tick' })
  }

  /** A transaction of its own. */
  run(vault: VaultRow): void {
    this.#ctx.storage.transactionSync(() => this.tick(vault))
  }

  async #byOwner(token: string, id: string, event: CheckInEvent): Promise<CheckInAnswer | Refusal> {
    const vault = this.#rooms.door.ownedBy(token)
    if (vault === null) return refuse('unknown')
    return this.#changed(() => {
      const after = this.#apply(vault, event)
      // An end that comes before its beginning is kept for it.
      if (event.kind === 'end' && !after.some((one) => one.id === id))
        this.#checkIns.markEnded(id, Date.now())
      return id
    })
  }

  /** Changes, then answers with how check-in `id` stands. The answer leaves only when the change is on disk. */
  async #changed(change: () => Refusal | string): Promise<CheckInAnswer | Refusal> {
    const changed = this.#ctx.storage.transactionSync(change)
    await this.#rooms.errands.arm()
    await this.#ctx.storage.sync()
    if (typeof changed !== 'string') return changed
    const one = this.#checkIns.all().find(({ id }) => id === changed)
    return { ok: true, now: Date.now(), checkIn: one === undefined ? null : this.#summary(one) }
  }

  #summary(one: CheckIn): CheckInSummary {
    const { id: checkIn, schedule, zone, round, dueAt, remindMs, alert } = one
    const ways = this.#checkIns.waysOf(checkIn)
    return {
      ...{ checkIn, schedule, zone, round, dueAt, pressAt: pressAtOf(one) },
      state: one.stage === 'pressed' ? 'pressed' : 'armed',
      remind:
        remindMs === null
          ? null
          : { beforeMs: remindMs, push: ways?.push != null, mail: ways?.address != null },
      alert: one.stage === 'pressed' ? alert : null,
    }
  }

  #apply(vault: VaultRow, event: CheckInEvent): CheckIns {
    const now = Date.now()
    const before = this.#checkIns.all()
    const { checkIns, effects } = transition(before, event, now)
    this.#checkIns.save(before, checkIns)
    for (const effect of effects) this.#carryOut(vault, effect, now)
    this.#checkIns.dropUnneeded(now - KEPT_MS, KEPT_ENDS)
    const times = [nextDueAt(checkIns), this.#checkIns.nextPruneAt(KEPT_MS)].filter((at) => at !== null)
    this.#stores.core.setDue('check-ins', times.length === 0 ? null : Math.min(...times))
    this.#stores.core.setDue('remind', this.#checkIns.nextReminderAt())
    return checkIns.filter(({ stage }) => stage !== 'ended')
  }

  #carryOut(vault: VaultRow, effect: CheckInEffect, now: number): void {
    if (effect.kind === 'remind') this.#remind(effect, now)
    else this.#press(vault, effect, now)
  }

  /** A press like any other, by the key that was handed over; its time is when the time ran out. */
  #press(vault: VaultRow, effect: Extract<CheckInEffect, { kind: 'press' }>, now: number): void {
    const { alert: id, pressAt } = effect
    const presser = this.#stores.core.pressers().find((one) => one.id === effect.presser)
    const key = this.#checkIns.keyOf(effect.presser)
    const ways = this.#checkIns.waysOf(effect.id)
    if (presser === undefined || key === null) {
      log('check-in-without-key')
      return
    }
    this.#rooms.alerting.holdFor(id, vault.id, presser, key, ways?.origin ?? '', now)
    this.#stores.made.made(id, presser.id)
    if (ways?.said != null) this.#stores.made.say(id, { said: 1, at: ways.armedAt, sealed: ways.said })
    const ageMs = Math.max(0, now - pressAt)
    const event = { kind: 'press', id, practice: false, ageMs, delayMs: presser.delayMs } as const
    this.#rooms.advancing.advance(vault, event, id)
    log('check-in-pressed')
  }

  #remind(
    { id: checkIn, at: kind, alert, dueAt, until }: Extract<CheckInEffect, { kind: 'remind' }>,
    now: number,
  ) {
    const ways = this.#checkIns.waysOf(checkIn)
    if (ways === null) return
    for (const way of ['push', 'mail'] as const) {
      if ((way === 'push' ? ways.push : ways.address) === null) continue
      const id = reminderId(alert, dueAt, kind, way)
      this.#checkIns.addReminder({ id, checkIn, way, kind, until }, now)
    }
  }

  /** @returns why not, or null */
  async #proven(
    vault: string,
    contact: string,
    mail: { address: string; code: string },
  ): Promise<Refusal | null> {
    const right = await this.#asked(async () =>
      this.#rooms.errands.roomOf('email').prove({ vault, contact, ...mail }),
    )
    if (typeof right === 'object') return right
    return right ? null : refuse('wrong-code')
  }

  async #asked<T>(call: () => Promise<T>): Promise<T | Refusal> {
    try {
      return await withTimeout(call())
    } catch {
      log('mailroom-not-reached')
      return refuse('try-again')
    }
  }
}
