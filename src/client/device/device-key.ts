import { fromText, toText } from '../../protocol/bytes.ts'
import { Key } from '../../protocol/fields.ts'
import { within } from '../../queue/within.ts'
import { exclusively } from './lock.ts'
import { phone } from './phone.ts'

/**
 * Keys that lie on this phone in clear, each in a file of its own, in the Cache API, which the browser deletes when it is told to: the only thing that they are
 * for is to be erased. IndexedDB and localStorage are logs, in which what was overwritten stands on for days. No crypto: the button's page may load it.
 */

const textIn = async (value: unknown): Promise<string | null> => {
  const parsed = Key.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** Where there is no Cache API, its very name is an error. */
const matched = async (place: string): Promise<Response | undefined> =>
  within(caches.match(`/${place}`, { cacheName: place }))

/** Without the Cache API (Lockdown Mode, plain HTTP) it lies with the rest, and what is erased there may be found for a while. */
const read = async (place: string): Promise<string | null> => {
  let failed = false
  const response = await matched(place).catch(() => {
    failed = true
    return undefined
  })
  const found = await textIn(await response?.text())
  const beside = found ?? (await textIn(await (await phone()).get(place)))
  if (beside === null && failed && typeof caches !== 'undefined')
    throw new Error('the key cannot be read now')
  return beside
}

const make = async (place: string): Promise<string> => {
  const key = toText(globalThis.crypto.getRandomValues(new Uint8Array(32)))
  try {
    const cache = await within(caches.open(place))
    await within(cache.put(`/${place}`, new Response(key)))
    if ((await read(place)) === key) return key
  } catch {
    // It lies beside the rest, then.
  }
  await (await phone()).set(place, key)
  return key
}

type ErasableKey = {
  /**
   * @returns null where there is none
   * @throws Error if the phone's storage does not answer
   */
  known(): Promise<Uint8Array | null>
  /**
   * The one that is there, or a new one. The lock between tabs is waited for once a page: a key stroke must be sealed and written down
   * in the task that it came in, and all of them in their order.
   */
  orNew(): Promise<Uint8Array>
  /** Of this page's memory. */
  drop(): void
  /**
   * From here on nothing that was sealed under it opens. May be done twice.
   * @throws Error if it may still be there
   */
  erase(): Promise<void>
}

const erasableKey = (place: string): ErasableKey => {
  let known: Promise<Uint8Array | null> | undefined
  let settled: Promise<Uint8Array> | undefined
  const drop = (): void => {
    known = undefined
    settled = undefined
  }
  const find = (): Promise<Uint8Array | null> => {
    known ??= read(place).then((text) => {
      if (text === null) known = undefined
      return text === null ? null : fromText(text)
    })
    known.catch(() => {
      known = undefined
    })
    return known
  }
  const readOrMake = (): Promise<Uint8Array> =>
    exclusively(place, async () => {
      const there = await find()
      if (there !== null) return there
      const made = fromText(await make(place))
      known = Promise.resolve(made)
      return made
    })
  return {
    known: find,
    orNew: () => {
      if (settled === undefined) {
        settled = readOrMake()
        settled.catch(() => {
          settled = undefined
        })
      }
      return settled
    },
    drop,
    erase: async () => {
      drop()
      await (await phone()).delete(place)
      if (typeof caches !== 'undefined') await within(caches.delete(place))
    },
  }
}

/** The key of all that reads on a phone without a PIN: what reads is sealed from the first key stroke on. */
export const {
  known: deviceKey,
  orNew: deviceKeyOrNew,
  drop: dropDeviceKey,
  erase: eraseDeviceKey,
} = erasableKey('device-key')

/**
 * Without which nothing opens that was written down while this phone was going over to another vault. Who has seen the old words has the old phone key; what
 * its logs still hold of the move must not give him the new root.
 */
export const moveKey = erasableKey('move-key')
