import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { Id, Instant, integer } from '../../protocol/fields.ts'
import { CONTACTS_MAX } from '../../protocol/limits.ts'
import { phone } from './phone.ts'

/**
 * What the last look at everything has found (ready/facts.ts), kept for the button's page, which must not wait for a line. No name, no
 * address. `at` is by this phone's clock. Null is *not known*, and never as good as yes.
 */
export const Checked = z.strictObject({
  v: z.literal(1),
  vault: Id,
  at: Instant,
  /** The service answered every question. */
  reached: z.boolean(),
  /** A press with this phone's key would be taken. */
  keyKnown: z.nullable(z.boolean()),
  /** The service has every letter as the document has sealed it, and each word is one. */
  letters: z.nullable(z.boolean()),
  /** Contacts whom the last message did not reach. */
  unreached: z.nullable(integer(0, CONTACTS_MAX)),
  /** Contacts whom an alert writes to and who have opened no letter yet, practice or real. */
  unopened: z.nullable(integer(0, CONTACTS_MAX)),
  lastDrillAt: z.nullable(Instant),
  /** Of a phone; null where there is nothing to install on. */
  installed: z.nullable(z.boolean()),
  /** The browser promises to keep what is stored; null: it does not say. */
  persisted: z.nullable(z.boolean()),
})
export type Checked = z.infer<typeof Checked>

const KEY = 'checked'

/** Of this page; null before anything is known. */
export const checked = signal<Checked | null>(null)

export const readChecked = async (): Promise<void> => {
  const parsed = Checked.safeParse(await (await phone()).get(KEY))
  if (parsed.success) checked.value = parsed.data
}

export const writeChecked = async (found: Checked): Promise<void> => {
  checked.value = found
  await (await phone()).set(KEY, found)
}
