import { vaultIdOf } from '../../crypto/root.ts'
import { fromText } from '../../protocol/bytes.ts'
import { encodeLink } from '../../protocol/link.ts'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { invitationIn } from '../text/letter-templates.ts'

/** The invitation as it is handed over. It is the key to the letter: nothing here sends it anywhere. */
export type InvitationText = { link: string; text: string }

/** @param origin of the pages, without a slash at its end */
export const invitationLink = (
  origin: string,
  root: Uint8Array,
  { id, secret }: Pick<DocumentContact, 'id' | 'secret'>,
): string => {
  const fragment = encodeLink({
    kind: 'join',
    vault: vaultIdOf(root),
    id: fromText(id),
    secret: fromText(secret),
  })
  return `${origin}/join#${fragment}`
}

/** In the contact's language. The word AMPARO is what a search in the chat finds years later. */
export const invitationText = async (
  origin: string,
  root: Uint8Array,
  from: string,
  contact: DocumentContact,
): Promise<InvitationText> => {
  const link = invitationLink(origin, root, contact)
  return { link, text: await invitationIn(contact.language, from, link) }
}

/**
 * Opens the messenger that is installed, with the text filled in. Not `https://wa.me`: that would send the text, and with it the
 * key, to a web server first.
 */
export const whatsappLink = (text: string): string => `whatsapp://send?text=${encodeURIComponent(text)}`
