import { vaultIdOf } from '../../crypto/root.ts'
import { ContactsAnswer } from '../../protocol/join.ts'
import { ROUTES } from '../../protocol/routes.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { ask } from '../../queue/ask.ts'
import { dropHanded, noteHanded, readHanded } from '../device/handed.ts'
import { exclusively } from '../device/lock.ts'
import { changeVault } from './change.ts'
import { withInvited } from './document.ts'
import { credentialsOf, heard, openVault, vault, writeCounts } from './session.ts'
import { heardOf, withAnswers } from './standing.ts'

/**
 * Asks how the contacts stand, and takes their answers over. Where nobody answers, or the answer is of another version than the
 * document in hand, nothing is known and nothing is said.
 */
export const refreshStandings = (): Promise<void> => exclusively('standings', refresh)

const refresh = async (): Promise<void> => {
  if (vault.value === null) await openVault()
  await commitHanded()
  const opened = vault.value
  if (opened === null || !opened.fresh) return
  const reply = await ask(ROUTES.contacts, JSON.stringify(credentialsOf(opened.root)), ContactsAnswer)
  // Another phone may have changed the vault since this one has read it.
  if (reply.kind === 'answer' && reply.answer.version > opened.version) await openVault()
  const current = vault.value
  if (reply.kind !== 'answer' || current === null || reply.answer.version !== current.version) return
  const id = vaultIdOf(current.root)
  const { contacts } = reply.answer
  heard.value = heardOf(id, current.document, contacts)
  const now = Date.now()
  // The document may be another one by the time that it is changed: whatever does not open there is left.
  if (withAnswers(id, current.document, contacts, now) === current.document) await writeCounts()
  else await changeVault((document) => withAnswers(id, document, contacts, now))
}

/** Invitations that were handed over, and of which the vault does not know yet. */
const commitHanded = async (): Promise<void> => {
  const handed = await readHanded()
  const known = vault.value?.document
  if (handed.length === 0 || known === undefined) return
  const marked = (document: VaultDocument): VaultDocument =>
    handed.reduce((next, { contact, at }) => withInvited(next, contact, at), document)
  if (marked(known) === known || (await changeVault(marked)).ok) await dropHanded(handed)
}

/** Writes down that an invitation was handed over: on this phone first, so that it is not lost with the line. */
export const markHandedOver = async (contact: string): Promise<void> => {
  await noteHanded(contact, Date.now())
  await exclusively('standings', commitHanded)
}
