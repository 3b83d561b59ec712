import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** The network that a request came from, for limits. It is never stored, logged or passed on as it is. */

/** The first `count` groups of an IPv6 address. */
const prefixOf = (address: string, count: number): string => {
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const last = tail === undefined ? [] : tail.split(':').filter((group) => group !== '')
  const gap = tail === undefined ? 0 : Math.max(0, 8 - groups.length - last.length)
  const all = [...groups, ...Array.from({ length: gap }, () => '0'), ...last]
  return all
    .slice(0, count)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

const addressOf = (headers: Headers): string => headers.get('cf-connecting-ip')?.trim().toLowerCase() ?? ''

const isV6 = (address: string): boolean => address.includes(':') && !address.includes('.')

/** An IPv4 address, or the /64 of an IPv6 one, which is what one home or phone is given; `unknown` without one (a local server). */
export const networkOf = (headers: Headers): string => {
  const address = addressOf(headers)
  if (address === '') return 'unknown'
  return isV6(address) ? prefixOf(address, 4) : address
}

/** How many vaults a day a network may make. */
export type NetworkLimit = { name: string; max: number }

const HOME_MAX = 10
/** Many homes, or one customer of a provider who gives that much to each. */
const SITE_MAX = 30

/** Of an IPv6 address the /48 is judged beside the /64 (`protocol.md §7.6`). */
export const networksOf = (headers: Headers): NetworkLimit[] => {
  const address = addressOf(headers)
  const home = { name: networkOf(headers), max: HOME_MAX }
  return isV6(address) ? [home, { name: `${prefixOf(address, 3)}/48`, max: SITE_MAX }] : [home]
}

export const isLoopback = (headers: Headers): boolean =>
  ['', '127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(addressOf(headers))

/** Two bytes of a hash over network and letter: a lane of the word's gate (`vault/lanes.ts`). */
export const laneOf = (network: string, letter: string): string =>
  bytesToHex(sha256(utf8ToBytes(`${letter} ${network}`))).slice(0, 4)
