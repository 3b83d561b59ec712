import { DoneAnswer } from '../../protocol/done.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { press } from '../device/records.ts'
import { newId } from './random.ts'
import { rollIfDue } from './roll.ts'
import { commitPractice, credentialsOf, type Outcome, vault } from './session.ts'

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

/** @returns the drill's id */
export const startDrill = async (onProgress: (done: number) => void): Promise<Outcome<string>> => {
  const ready = await prepare(onProgress)
  if (!ready.ok) return ready
  const [opened, key] = [vault.value, press.value?.key]
  if (opened === null || key === undefined) return { ok: false, trouble: 'none' }
  const body = JSON.stringify({ ...credentialsOf(opened.root), key, drill: ready.value })
  for (let sends = 1; ; sends += 1) {
    const reply = await ask(ROUTES.drill, body, DoneAnswer)
    if (reply.kind === 'answer') {
      prepared = null
      return ready
    }
    const passes = reply.kind === 'none' || reply.refusal.error === 'try-again'
    if (passes && sends < SENDS) continue
    if (reply.kind === 'none') return { ok: false, trouble: 'no-line' }
    if (!passes) prepared = null
    return { ok: false, trouble: 'refused', code: reply.refusal.error }
  }
}
