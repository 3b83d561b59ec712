import * as z from 'zod/mini'
import { RosterChannel } from './channel.ts'
import { HotlineId, Id, Language, OwnerName, Secret, TimeZone, Version } from './fields.ts'
import { CONTACTS_MAX } from './limits.ts'

/** The roster (`protocol.md §8.2`): who is told, where, in which language. `v` is the shape's own version. */
export const LockKind = z.enum(['paired', 'word', 'link'])
export type LockKind = z.infer<typeof LockKind>

/** A letter's address in the roster. `secret` is the link secret, mailed where a `word` or `link` lock exists, else null. */
export const RosterLetter = z.strictObject({
  id: Id,
  version: Version,
  locks: z.array(LockKind).check(z.minLength(1), z.maxLength(3)),
  secret: z.nullable(Secret),
})
export type RosterLetter = z.infer<typeof RosterLetter>

export const RosterContact = z.strictObject({
  id: Id,
  language: Language,
  channels: z.array(RosterChannel).check(z.maxLength(3)),
  letter: RosterLetter,
  practice: z.nullable(RosterLetter),
  stop: Secret,
})
export type RosterContact = z.infer<typeof RosterContact>

export const Roster = z.strictObject({
  v: z.literal(1),
  name: OwnerName,
  hotline: HotlineId,
  zone: TimeZone,
  /** The contact who is asked first to call the hotline. */
  lead: z.nullable(Id),
  contacts: z.array(RosterContact).check(z.maxLength(CONTACTS_MAX)),
})
export type Roster = z.infer<typeof Roster>
