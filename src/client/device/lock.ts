/**
 * One at a time, in this page and, where the browser has locks, in all pages of the app. A task must not ask for the lock that
 * it holds.
 */
const queues = new Map<string, Promise<unknown>>()

export const exclusively = <T>(name: string, task: () => Promise<T>): Promise<T> => {
  const locks = globalThis.navigator?.locks
  if (locks) return locks.request(`amparo-${name}`, task) as Promise<T>
  const before = queues.get(name) ?? Promise.resolve()
  const mine = before.then(task, task)
  queues.set(
    name,
    mine.catch(() => undefined),
  )
  return mine
}
