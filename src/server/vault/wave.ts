import { openRoster } from '../../crypto/roster/roster.ts'
import { fromText } from '../../protocol/bytes.ts'
import { encodeLink, type LinkKind } from '../../protocol/link.ts'
import type { Roster, RosterContact } from '../../protocol/roster.ts'
import { log } from '../log.ts'
import type { Posting } from '../mailroom/posting.ts'
import { type MailFacts, renderMail } from '../mails/render.ts'
import type { AlertStore, DeliveryRow, Hold } from './alert-store.ts'

/** From a roster to messages. No I/O but the store's reads. */

/** @returns the roster of `hold`, or null where it does not open */
export const rosterOf = (store: AlertStore, vault: string, hold: Hold): Roster | null => {
  const sealed = store.roster(hold.version)
  if (sealed === null || hold.rosterKey === null) return null
  return openRoster(fromText(hold.rosterKey), fromText(vault), hold.version, fromText(sealed))
}

const linkTo = (origin: string, kind: LinkKind, vault: string, id: string, secret: string | null): string => {
  const fragment = encodeLink({
    kind,
    vault: fromText(vault),
    id: fromText(id),
    secret: secret === null ? null : fromText(secret),
  })
  return `${origin}/${kind}#${fragment}`
}

type Facts = {
  vault: string
  origin: string
  roster: Roster
  contact: RosterContact
  delivery: DeliveryRow
  /** False where the letter that the roster names is not stored: then the mail goes without a link to it. */
  letterStored: boolean
}

/** The message of one delivery, or null where it cannot be written or its channel is not in the roster. */
export const postingOf = ({
  vault,
  origin,
  roster,
  contact,
  delivery,
  letterStored,
}: Facts): Posting | null => {
  const channel = contact.channels[delivery.channel]
  if (channel === undefined) return null
  const { letter } = contact
  const facts: MailFacts = {
    kind: delivery.kind,
    language: contact.language,
    name: roster.name,
    pressedAt: delivery.pressedAt,
    zone: roster.zone,
    hotline: roster.hotline,
    letterUrl:
      delivery.kind === 'alert' && letterStored
        ? linkTo(origin, 'letter', vault, letter.id, letter.secret)
        : null,
    stopUrl: linkTo(origin, 'stop', vault, contact.id, contact.stop),
    wave: delivery.wave,
  }
  try {
    return {
      delivery: delivery.id,
      vault,
      contact: contact.id,
      stop: contact.stop,
      group: `${delivery.alert}.${delivery.kind}.${delivery.wave}`,
      priority: delivery.kind,
      address: channel.address,
      ...renderMail(facts),
    }
  } catch {
    log('mail-not-rendered')
    return null
  }
}
