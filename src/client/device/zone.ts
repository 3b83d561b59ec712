import { TimeZone } from '../../protocol/fields.ts'

/** The phone's time zone, in which its people are told "when"; UTC where it has none that others would know. */
export const zoneOfPhone = (): string => {
  const parsed = TimeZone.safeParse(Intl.DateTimeFormat().resolvedOptions().timeZone)
  return parsed.success ? parsed.data : 'UTC'
}
