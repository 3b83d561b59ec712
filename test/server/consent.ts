import { toText } from '../../src/protocol/bytes.ts'
import type { CodePosting } from '../../src/server/mailroom/posting.ts'
import { type Family, type FamilyContact, newId } from './family.ts'
import { mailroom } from './time.ts'

/** What a vault asks of the mailroom for its contacts, without the vault between. */
export const CODE = '123456'

export const codePosting = (changes: Partial<CodePosting> = {}): CodePosting => ({
  asker: 'contact',
  vault: newId(),
  contact: newId(),
  stop: newId(),
  address: `c.${newId().replaceAll(/[-_]/g, 'x')}@example.org`,
  code: CODE,
  subject: 'Your code',
  text: `Your code is ${changes.code ?? CODE}`,
  html: '<p>Your code</p>',
  ...changes,
})

export const askCode = (posting: CodePosting) => mailroom().code(posting)

/** @param code that is typed in */
export const confirm = ({ vault, contact, address }: CodePosting, code = CODE) =>
  mailroom().confirm({ vault, contact, address, code })

export const postingOf = ({ vault }: Family, { id, stop, address }: FamilyContact): CodePosting =>
  codePosting({ vault, contact: toText(id), stop: toText(stop), address })

/** @throws Error unless this contact's address is accepted now */
export const accept = async (family: Family, contact: FamilyContact): Promise<void> => {
  const posting = postingOf(family, contact)
  await askCode(posting)
  if ((await confirm(posting)) !== 'right') throw new Error('not accepted')
}
