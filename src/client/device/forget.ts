import { STEPS_HERE } from '../next-steps/here.ts'
import { checked } from './checked.ts'
import { eraseDeviceKey, moveKey } from './device-key.ts'
import { noteForgetting, pinSet, unlocked } from './locked.ts'
import { forgetNumbers } from './numbers.ts'
import { copies, phone } from './phone.ts'
import { copyOf, press } from './records.ts'

const KEYS = [
  'press',
  'owner',
  'document',
  'draft',
  'plan',
  'plan-draft',
  'presses',
  'edit',
  'handed',
  'checked',
  'empty-after',
  'check-in',
  'move',
  'move-document',
  'move-plan',
  'successor',
  'say',
  'where',
] as const

const forgetSteps = (): void => {
  try {
    globalThis.localStorage.removeItem(STEPS_HERE)
  } catch {
    // A browser that keeps nothing there.
  }
}

/**
 * Empties this phone of everything that the owner's app keeps on it. First what opens the rest, so that whoever dies in between has erased
 * more and not less.
 * @param except what stays
 */
export const forgetAll = async (except: readonly (typeof KEYS)[number][] = []): Promise<void> => {
  noteForgetting()
  const storage = await phone()
  const second = await copies()
  await eraseDeviceKey()
  await moveKey.erase()
  await forgetNumbers()
  for (const key of ['owner' as const, ...KEYS].filter((one) => !except.includes(one))) {
    await storage.delete(key)
    await (second ?? storage).delete(key)
    await (second ?? storage).delete(copyOf(key))
  }
  forgetSteps()
  unlocked.value = null
  pinSet.value = false
  checked.value = null
  press.value = null
}
