import { hashOf, sameHash } from '../hash.ts'
import type { CoreStore, PresserRow, VaultRow } from './core-store.ts'

/** Who may what: the owner token, the press keys. All hashes are compared, so that the time tells nothing. */
export class Door {
  readonly #core: CoreStore

  constructor(core: CoreStore) {
    this.#core = core
  }

  ownedBy(token: string): VaultRow | null {
    const vault = this.#core.vault()
    return vault !== null && sameHash(vault.tokenHash, hashOf(token)) ? vault : null
  }

  presserOf(key: string): PresserRow | null {
    const hash = hashOf(key)
    return this.#core
      .pressers()
      .reduce<PresserRow | null>((found, one) => (sameHash(one.hash, hash) ? one : found), null)
  }

  /** By the presser token, which opens no roster. */
  presserByToken(token: string): { vault: VaultRow; presser: PresserRow } | null {
    const vault = this.#core.vault()
    if (vault === null) return null
    const hash = hashOf(token)
    const presser = this.#core
      .pressers()
      .reduce<PresserRow | null>((found, one) => (sameHash(one.token, hash) ? one : found), null)
    return presser === null ? null : { vault, presser }
  }

  pressing(key: string): { vault: VaultRow; presser: PresserRow } | null {
    const vault = this.#core.vault()
    const presser = vault === null ? null : this.presserOf(key)
    return vault === null || presser === null ? null : { vault, presser }
  }

  /** By the key of the owner's own timer: whoever else presses, by a card or as a person, arms nothing. */
  arming(key: string): { vault: VaultRow; presser: PresserRow } | null {
    const known = this.pressing(key)
    return known?.presser.arms === true ? known : null
  }
}
