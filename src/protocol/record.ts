import * as z from 'zod/mini'

type Fit = { safeParse(value: unknown): { success: boolean } }

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** An object whose members all fit, at most `max` of them. Not zod's own record: a page that reads a letter would load that with its first bytes. */
export const record = <Value>(key: Fit, value: z.ZodMiniType<Value>, max: number) =>
  z.custom<Record<string, Value>>((given) => {
    if (!isPlain(given)) return false
    const members = Object.entries(given)
    return (
      members.length <= max &&
      members.every(([name, held]) => key.safeParse(name).success && value.safeParse(held).success)
    )
  })
