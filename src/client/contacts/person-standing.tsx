import type { DocumentContact } from '../../protocol/vault-document.ts'
import { s } from '../text/setup-text.ts'
import { channelsOf } from '../vault/document.ts'
import { placeOf } from '../vault/standing.ts'
import { ClearInvitation } from './clear-invitation.tsx'
import { Reinvite } from './reinvite.tsx'
import { isSettled, standingText } from './standing-text.ts'
import { useHeard } from './use-heard.ts'

/** Where one contact stands, and what can be done about it. */
export const PersonStanding = ({ contact }: { contact: DocumentContact }) => {
  const heard = useHeard()
  const place = placeOf(contact, heard)
  const isFresh = place === 'not-invited' || place === 'waiting'
  return (
    <section class="stack">
      <p
        class={isSettled(contact, heard) ? 'light' : 'light amber'}
        role={place === 'doubtful' || place === 'left' ? 'alert' : 'status'}
      >
        <span class="dot" />
        <span>
          {standingText(contact, heard)}
          {channelsOf(contact).length === 0 && place !== 'left' && ` ${s('standing.no-address')}`}
        </span>
      </p>
      <ClearInvitation contact={contact} heard={heard} />
      <div class="row">
        <a class={isFresh ? 'btn prime' : 'btn'} href={`#/invite/${contact.id}`}>
          {s('person.invite')}
        </a>
        {place !== 'not-invited' && <Reinvite contact={contact} />}
      </div>
    </section>
  )
}
