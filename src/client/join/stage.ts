import { signal } from '@preact/signals'
import { fromText, toText } from '../../protocol/bytes.ts'
import { decodeLink, encodeLink } from '../../protocol/link.ts'
import { type Kept, type KeptIn, keep, keptInvitations } from '../device/kept.ts'
import { takeFragment } from '../reader/fragment.ts'
import { language } from '../text/language.ts'
import { read } from './answering.ts'
import { type Asked, askedFor, draft, forgetAsked, NO_NUMBER } from './draft.ts'
import type { Place, Standing } from './standing.ts'
import { toConfirm } from './wanted.ts'

/** Where the page is. Reading an invitation changes nothing at the service, nor does any first button. */
export type View = 'alert' | 'invited' | 'form' | 'code' | 'accepted' | 'leave' | 'left'
export type Stage =
  | { at: 'loading' | 'damaged' | 'list' }
  /** `refused`: what came is not what this invitation opens. */
  | { at: 'no-line' | 'later' | 'unknown' | 'refused'; place: Place }
  | { at: 'here'; view: View; standing: Standing; keptIn: KeptIn }

export const stage = signal<Stage>({ at: 'loading' })

/** Where an invitation stands while no alert is before it. */
export const VIEW_OF = { invited: 'invited', accepted: 'accepted', left: 'left' } as const

export const show = (view: View): void => {
  if (stage.value.at === 'here') stage.value = { ...stage.value, view }
}

/** After the service has said so. */
export const became = (standing: Standing): void => {
  if (stage.value.at === 'here') stage.value = { ...stage.value, standing, view: VIEW_OF[standing.state] }
}

const keptOf = ({ vault, contact, secret }: Place, from: string): Kept => ({
  vault: toText(vault),
  contact: toText(contact),
  secret: toText(secret),
  from,
})

/** What the form begins with: what was said last, else what the owner has written down. */
const begunWith = ({ invitation, answer }: Standing): typeof draft.value => ({
  language: answer?.language ?? language.value,
  channel: answer !== null && answer.email === null ? 'none' : 'email',
  email: answer?.email ?? invitation.email ?? '',
  sms: { ...NO_NUMBER, typed: answer?.sms ?? '', number: answer?.sms ?? null },
  push: answer?.push ?? null,
})

const draftOf = ({ language: picked, email, sms, push }: Asked): typeof draft.value => ({
  ...{ language: picked, channel: email === null ? 'none' : 'email', email: email ?? '', push },
  sms: { ...NO_NUMBER, typed: sms ?? '', number: sms },
})

/** A code that was asked for; none where the acceptance has arrived, and only its reply was lost. */
const pendingOf = (standing: Standing): Asked | null => {
  const asked = askedFor(toText(standing.place.contact))
  if (asked === null || toConfirm(standing, asked).length > 0) return asked
  forgetAsked()
  return null
}

/** The language that the owner has chosen for this contact, or the contact since. */
export const languageOf = ({ invitation, answer }: Standing) => answer?.language ?? invitation.language

export const open = async (place: Place, speak: (standing: Standing) => Promise<void>): Promise<void> => {
  stage.value = { at: 'loading' }
  const standing = await read(place)
  if ('result' in standing) {
    const { result } = standing
    const known = result === 'no-line' || result === 'unknown' || result === 'refused'
    stage.value = { at: known ? result : 'later', place }
    return
  }
  await speak(standing)
  const keptIn = keep(keptOf(place, standing.invitation.from))
  const asked = pendingOf(standing)
  draft.value = asked === null ? begunWith(standing) : draftOf(asked)
  stage.value = {
    at: 'here',
    view: standing.letters.length > 0 ? 'alert' : asked === null ? VIEW_OF[standing.state] : 'code',
    standing,
    keptIn,
  }
}

/** The owners whom this browser serves, each once, by the invitation that was opened last. */
export const owners = (): Kept[] => {
  const all = keptInvitations()
  return all.filter(
    (one, at) => all.findIndex(({ vault, contact }) => vault === one.vault && contact === one.contact) === at,
  )
}

export const placeOf = ({ vault, contact, secret }: Kept): Place => ({
  vault: fromText(vault),
  contact: fromText(contact),
  secret: fromText(secret),
})

const FRAGMENT = takeFragment('join')

/** @returns the invitation in this tab's link; `damaged`, or `none` where there is no link */
export const linked = (): Place | 'damaged' | 'none' => {
  if (FRAGMENT === '') return 'none'
  const link = decodeLink('join', FRAGMENT)
  if (link === null || link.secret === null) return 'damaged'
  return { vault: link.vault, contact: link.id, secret: link.secret }
}

export const linkTo = ({ vault, contact, secret }: Place): string =>
  `${globalThis.location.origin}/join#${encodeLink({ kind: 'join', vault, id: contact, secret })}`
