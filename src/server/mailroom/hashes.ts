import { fromText } from '../../protocol/bytes.ts'
import type { KeyedHash } from '../keyed-hash.ts'

/** What stands in the mailroom's lists instead of vaults, contacts and addresses: keyed hashes. No I/O of its own. */

/** `pair`: vault and address; `contact`: vault and contact; `place`: all three. */
export type Hashes = { address: string; pair: string; contact: string; place: string; vault: string }

export type Addressed = { vault: string; contact: string; address: string }

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * One mailbox has many spellings: providers tell no cases apart, `name+anything` is `name`, and Gmail, which has two names, looks
 * at no dots. Only for hashes; mail goes to the address as written.
 */
const normalised = (address: string): Uint8Array => {
  const [name = '', host = ''] = address
    .toLowerCase()
    .replace(/\+[^@]*(?=@)/, '')
    .split('@')
  return utf8(
    /^g(?:oogle)?mail\.com$/.test(host) ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${host}`,
  )
}

export class AddressBook {
  readonly #hash: KeyedHash

  constructor(hash: KeyedHash) {
    this.#hash = hash
  }

  hashesOf({ vault, contact, address }: Addressed): Hashes {
    const name = normalised(address)
    return {
      address: this.#hash.of(name),
      pair: this.#hash.of(fromText(vault), name),
      contact: this.contactOf(vault, contact),
      place: this.#hash.of(utf8('place '), fromText(vault), fromText(contact), name),
      vault: this.vaultOf(vault),
    }
  }

  contactOf(vault: string, contact: string): string {
    return this.#hash.of(utf8('contact '), fromText(vault), fromText(contact))
  }

  vaultOf(vault: string): string {
    return this.#hash.of(utf8('vault '), fromText(vault))
  }

  /** Of a code that was mailed to `place`; compared instead of the code. */
  codeOf(place: string, code: string): string {
    return this.#hash.of(utf8('code '), fromText(place), utf8(code))
  }
}
