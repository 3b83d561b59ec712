import { dropHanded } from '../device/handed.ts'
import { changeVault } from './change.ts'
import { reinvited } from './document.ts'
import { newSecret } from './random.ts'
import { heard, type Opened, type Outcome, writeCounts } from './session.ts'

/** A new invitation for a contact. What was noted and heard of the old one says nothing of it. */
export const reinvite = async (
  contact: string,
  onProgress: (done: number) => void,
): Promise<Outcome<Opened>> => {
  const secret = newSecret()
  await dropHanded([{ contact, at: 0 }])
  const done = await changeVault((document) => reinvited(document, contact, secret), onProgress)
  if (done.ok && heard.value !== null) {
    heard.value = new Map([...heard.value].filter(([id]) => id !== contact))
    await writeCounts()
  }
  return done
}
