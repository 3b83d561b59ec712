import { fromText, toText } from '../../protocol/bytes.ts'
import { Key } from '../../protocol/fields.ts'
import { exclusively } from './lock.ts'
import { phone } from './phone.ts'

/**
 * The key of all that reads on a phone without a PIN. It lies in clear, and the only thing that it is for is to be erased: IndexedDB and
 * localStorage are logs, in which what was overwritten stands on for days. So what reads is sealed from the first key stroke on, and this key
 * lies in a file of its own, in the Cache API, which the browser deletes when it is told to. No crypto: the button's page may load it.
 */
const PLACE = 'device-key'
const ADDRESS = '/device-key'
const ANSWER_MAX_MS = 3_000

/** A storage that neither answers nor fails counts as failed. */
export const within = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('timed out')), ANSWER_MAX_MS)),
  ])

const textIn = async (value: unknown): Promise<string | null> => {
  const parsed = Key.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** Where there is no Cache API, its very name is an error. */
const matched = async (): Promise<Response | undefined> => within(caches.match(ADDRESS, { cacheName: PLACE }))

/** Without the Cache API (Lockdown Mode, plain HTTP) it lies with the rest, and what is erased there may be found for a while. */
const read = async (): Promise<string | null> => {
  let failed = false
  const response = await matched().catch(() => {
    failed = true
    return undefined
  })
  const found = await textIn(await response?.text())
  const beside = found ?? (await textIn(await (await phone()).get(PLACE)))
  if (beside === null && failed && typeof caches !== 'undefined')
    throw new Error('the key cannot be read now')
  return beside
}

const make = async (): Promise<string> => {
  const key = toText(globalThis.crypto.getRandomValues(new Uint8Array(32)))
  try {
    const cache = await within(caches.open(PLACE))
    await within(cache.put(ADDRESS, new Response(key)))
    if ((await read()) === key) return key
  } catch {
    // It lies beside the rest, then.
  }
  await (await phone()).set(PLACE, key)
  return key
}

let known: Promise<Uint8Array | null> | undefined

/**
 * @returns null where there is none
 * @throws Error if the phone's storage does not answer
 */
export const deviceKey = (): Promise<Uint8Array | null> => {
  known ??= read().then((text) => {
    if (text === null) known = undefined
    return text === null ? null : fromText(text)
  })
  known.catch(() => {
    known = undefined
  })
  return known
}

const readOrMake = (): Promise<Uint8Array> =>
  exclusively('device-key', async () => {
    const there = await deviceKey()
    if (there !== null) return there
    const made = fromText(await make())
    known = Promise.resolve(made)
    return made
  })

let settled: Promise<Uint8Array> | undefined

/**
 * The one that is there, or a new one. The lock between tabs is waited for once a page: a key stroke must be sealed and written down
 * in the task that it came in, and all of them in their order.
 */
export const deviceKeyOrNew = (): Promise<Uint8Array> => {
  if (settled === undefined) {
    settled = readOrMake()
    settled.catch(() => {
      settled = undefined
    })
  }
  return settled
}

/** Of this page's memory. */
export const dropDeviceKey = (): void => {
  known = undefined
  settled = undefined
}

/**
 * From here on nothing that was sealed under it opens. May be done twice.
 * @throws Error if it may still be there
 */
export const eraseDeviceKey = async (): Promise<void> => {
  dropDeviceKey()
  await (await phone()).delete(PLACE)
  if (typeof caches !== 'undefined') await within(caches.delete(PLACE))
}
