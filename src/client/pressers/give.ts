import { vaultIdOf } from '../../crypto/root.ts'
import { fromText } from '../../protocol/bytes.ts'
import type { Language } from '../../protocol/fields.ts'
import { encodeLink } from '../../protocol/link.ts'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import type { InvitationText } from '../invite/invitation-text.ts'
import { pressersText } from '../text/pressers-text.ts'

/** A trusted person's link, in the words with which it is handed over. Nothing here sends it anywhere. */

/** @param origin of the pages, without a slash at its end */
export const personLink = (
  origin: string,
  root: Uint8Array,
  { id, secret }: Pick<DocumentPresser, 'id' | 'secret'>,
): string => {
  const vault = vaultIdOf(root)
  const fragment = encodeLink({ kind: 'press', vault, id: fromText(id), secret: fromText(secret) })
  return `${origin}/press#${fragment}`
}

/** The word AMPARO is what a search in the chat finds on the day. */
export const textToGive = async (language: Language, from: string, link: string): Promise<InvitationText> => {
  const t = await pressersText.in(language)
  return { link, text: t('give.text', { name: from, link }) }
}
