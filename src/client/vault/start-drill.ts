import { DoneAnswer } from '../../protocol/done.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { press } from '../device/records.ts'
import { commitPractice } from './change.ts'
import { newId } from './random.ts'
import { rollIfDue } from './roll.ts'
import { credentialsOf, type Outcome, vault } from './session.ts'

/**
 * Starts a drill (`protocol.md §7.8`): first the keys that an earlier one has shown roll, then practice letters are committed, then
 * the service is asked to write. A try whose answer was lost is the same drill the next time, and seals nothing again.
 */
let prepared: { version: number; drill: string } | null = null

const SENDS = 3

const prepare = async (onProgress: (done: number) => void): Promise<Outcome<string>> => {
  if (prepared !== null && prepared.version === vault.value?.version)
    return { ok: true, value: prepared.drill }
  await rollIfDue()
  const made = await commitPractice(onProgress)
  if (!made.ok) return made
  prepared = { version: made.value.version, drill: newId() }
  return { ok: true, value: prepared.drill }
}

const send = async (drill: string): Promise<Outcome<string>> => {
  const [opened, key] = [vault.value, press.value?.key]
  if (opened === null || key === undefined) return { ok: false, trouble: 'none' }
  const body = JSON.stringify({ ...credentialsOf(opened.root), key, drill })
  for (let sends = 1; ; sends += 1) {
    const reply = await ask(ROUTES.drill, body, DoneAnswer)
    if (reply.kind === 'answer') return { ok: true, value: drill }
    const passes = reply.kind === 'none' || reply.refusal.error === 'try-again'
    if (passes && sends < SENDS) continue
    return reply.kind === 'none'
      ? { ok: false, trouble: 'no-line' }
      : { ok: false, trouble: 'refused', code: reply.refusal.error }
  }
}

/** Another commit came in between, and left the practice letters out: they are made once more. */
const isOvertaken = (sent: Outcome<string>): boolean =>
  !sent.ok && sent.trouble === 'refused' && sent.code === 'conflict'

/** @returns the drill's id */
export const startDrill = async (onProgress: (done: number) => void): Promise<Outcome<string>> => {
  for (let again = 0; ; again += 1) {
    const ready = await prepare(onProgress)
    if (!ready.ok) return ready
    const sent = await send(ready.value)
    if (sent.ok || sent.trouble === 'refused') prepared = null
    if (again > 0 || !isOvertaken(sent)) return sent
  }
}
