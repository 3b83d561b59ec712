import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { Key } from '../../protocol/fields.ts'
import { phone } from './phone.ts'

/** The press key that check-ins are armed with, so that arming needs no PIN; `used` since the service has held it. */
export const CheckInRecord = z.strictObject({ v: z.literal(1), key: Key, used: z.boolean() })
export type CheckInRecord = z.infer<typeof CheckInRecord>

export const readCheckIn = async (): Promise<CheckInRecord | null> => {
  const parsed = CheckInRecord.safeParse(await (await phone()).get('check-in'))
  return parsed.success ? parsed.data : null
}

export const writeCheckIn = async (record: CheckInRecord): Promise<void> =>
  (await phone()).set('check-in', record)

/** What the button's page says of the check-in that is due next; null where there is none. Its words come with what looks for it. */
export const checkInNews = signal<string | null>(null)
