import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** The network that a request came from, for limits. It is never stored, logged or passed on as it is. */

/** The first four groups of an IPv6 address: what one home or phone is given. */
const prefixOf = (address: string): string => {
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const last = tail === undefined ? [] : tail.split(':').filter((group) => group !== '')
  const gap = tail === undefined ? 0 : Math.max(0, 8 - groups.length - last.length)
  const all = [...groups, ...Array.from({ length: gap }, () => '0'), ...last]
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** An IPv4 address, or the /64 of an IPv6 one; `unknown` without one (a local server). */
export const networkOf = (headers: Headers): string => {
  const address = headers.get('cf-connecting-ip')?.trim().toLowerCase() ?? ''
  if (address === '') return 'unknown'
  return address.includes(':') && !address.includes('.') ? prefixOf(address) : address
}

/** Two bytes of a hash over network and letter: a lane of the word's gate (`vault/lanes.ts`). */
export const laneOf = (network: string, letter: string): string =>
  bytesToHex(sha256(utf8ToBytes(`${letter} ${network}`))).slice(0, 4)
