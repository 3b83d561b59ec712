/** Calls to others never hold an object up for longer than this. */
const CALL_TIMEOUT_MS = 15_000

/** @throws Error after 15 s, whatever `call` still does */
export const withTimeout = <T>(call: Promise<T>): Promise<T> => {
  let timer: number | null = null
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), CALL_TIMEOUT_MS)
  })
  return Promise.race([call, late]).finally(() => clearTimeout(timer))
}
