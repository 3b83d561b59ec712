import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Random } from '../../src/crypto/random.ts'

/** The same bytes for the same seed, in the same order of calls: for vectors and tests, never for keys. */
export const seededRandom = (seed: string): Random => {
  let block = 0
  let left = new Uint8Array(0)
  return (length) => {
    while (left.length < length) {
      const more = sha256(utf8ToBytes(`${seed} ${block++}`))
      const joined = new Uint8Array(left.length + more.length)
      joined.set(left)
      joined.set(more, left.length)
      left = joined
    }
    const bytes = left.slice(0, length)
    left = left.slice(length)
    return bytes
  }
}
