import { openRoster } from '../../crypto/roster/roster.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { RosterChannel } from '../../protocol/channel.ts'
import { ID_BYTES } from '../../protocol/limits.ts'
import { isPlainName } from '../../protocol/plain-name.ts'
import type { Roster, RosterContact, RosterLetter } from '../../protocol/roster.ts'
import type { Push } from '../channels/push.ts'
import { hashOf } from '../hash.ts'
import { log } from '../log.ts'
import type { Posting } from '../mailroom/posting.ts'
import { mailTranslator } from '../mails/catalog.ts'
import { type MailFacts, renderMail } from '../mails/render.ts'
import { renderText } from '../mails/render-text.ts'
import type { AlertStore, Hold } from './alert-store.ts'
import type { DeliveryRow } from './delivery-store.ts'
import { mailedLink } from './mailed-link.ts'

/** From a roster to messages. No I/O but the store's reads. */

/** @returns the roster of `hold`, or null where it does not open */
export const rosterOf = (store: AlertStore, vault: string, hold: Hold): Roster | null => {
  const sealed = store.roster(hold.version)
  if (sealed === null || hold.rosterKey === null) return null
  return openRoster(fromText(hold.rosterKey), fromText(vault), hold.version, fromText(sealed))
}

/** Who is asked first to call, as this contact is told. Not of somebody who gets no message: then everybody would wait for nobody. */
export const leadFor = (
  { lead, contacts }: Roster,
  contact: RosterContact,
  hasLeft: (contact: string) => boolean,
): MailFacts['lead'] => {
  const reached = contacts.some(({ id, channels }) => id === lead && channels.length > 0 && !hasLeft(id))
  if (!reached) return null
  return contact.id === lead ? 'you' : 'another'
}

/** Where a channel leads, so that the same place twice is one. */
export const destinationOf = (channel: RosterChannel): string => {
  switch (channel.kind) {
    case 'email':
      return `email ${channel.address.toLowerCase()}`
    case 'sms':
      return `sms ${channel.number}`
    case 'push':
      return `push ${channel.endpoint}`
  }
}

const markOf = (id: string): string => toText(fromText(hashOf(id)).subarray(0, ID_BYTES))

/** The push of one delivery, or null where its channel is none. */
export const pushOf = (
  contact: RosterContact,
  { id, alert, kind, wave, channel }: DeliveryRow,
): Push | null => {
  const target = contact.channels[channel]
  if (target?.kind !== 'push') return null
  const { endpoint, p256dh, auth } = target
  const said = kind === 'drill' ? 'practice' : kind === 'alert' && wave > 1 ? 'again' : kind
  return {
    target: { endpoint, p256dh, auth },
    payload: { v: 1, kind: said, language: contact.language, mark: markOf(alert) },
    topic: markOf(id),
  }
}
/** What a message of this kind leads to: a drill never to a real letter. */
export const letterOf = (
  { letter, practice }: RosterContact,
  kind: DeliveryRow['kind'],
): RosterLetter | null => (kind === 'drill' ? practice : letter)

type Facts = {
  vault: string
  origin: string
  roster: Roster
  contact: RosterContact
  lead: MailFacts['lead']
  delivery: DeliveryRow
  /** False where the letter that the roster names is not stored: then the mail goes without a link to it. */
  letterStored: boolean
  reminder: MailFacts['reminder']
  checkIn: boolean
  /** The token of the stop link that goes to this address. */
  stopFor: (address: string) => string
}

/** The message of one delivery, or null where it cannot be written or its channel is not in the roster. */
export const postingOf = ({
  vault,
  origin,
  roster,
  contact,
  lead,
  delivery,
  letterStored,
  reminder,
  checkIn,
  stopFor,
}: Facts): Posting | null => {
  const channel = contact.channels[delivery.channel]
  const letter = letterOf(contact, delivery.kind)
  if (channel === undefined || channel.kind === 'push' || letter === null) return null
  const address = channel.kind === 'email' ? channel.address : channel.number
  const stop = stopFor(address)
  const opensByLink = letter.locks.some((kind) => kind !== 'paired')
  const facts: MailFacts = {
    kind: delivery.kind,
    language: contact.language,
    name: isPlainName(roster.name) ? roster.name : mailTranslator(contact.language)('name.none'),
    pressedAt: delivery.pressedAt,
    zone: roster.zone,
    hotline: roster.hotline,
    lead,
    letterUrl:
      delivery.kind !== 'clear' && letterStored
        ? mailedLink(origin, 'letter', vault, letter.id, opensByLink ? letter.secret : null)
        : null,
    locks: letter.locks,
    stopUrl: mailedLink(origin, 'stop', vault, contact.id, stop),
    wave: delivery.wave,
    reminder,
    checkIn,
  }
  const head = {
    delivery: delivery.id,
    vault,
    contact: contact.id,
    stop,
    group: `${delivery.alert}.${delivery.kind}.${delivery.wave}`,
    priority: delivery.kind,
    reminder: reminder !== null,
    address,
  }
  try {
    if (channel.kind === 'email') return { ...head, ...renderMail(facts) }
    const letterUrl = facts.letterUrl === null ? null : mailedLink(origin, 'letter', vault, letter.id, null)
    return { ...head, subject: '', html: '', text: renderText({ ...facts, letterUrl }) }
  } catch {
    log('mail-not-rendered')
    return null
  }
}
