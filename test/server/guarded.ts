import { deviceTokenOf, guardRoot, NO_ROOT, openGuarded, pinTokenOf } from '../../src/crypto/guard.ts'
import { tokenHash } from '../../src/crypto/presser.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { ask } from './api.ts'
import { type Family, random } from './family.ts'

/** A phone with a PIN, as the owner's device would make it. Argon2id's result is made up: what is tested does not depend on the digits. */
export type Phone = {
  family: Family
  guard: Uint8Array
  device: Uint8Array
  /** Of the PIN, and of the duress PIN. */
  stretched: [Uint8Array, Uint8Array]
  shares: [Uint8Array, Uint8Array]
  sealed: Uint8Array[]
}

export const newPhone = (family: Family): Phone => {
  const { root } = family
  const phone = {
    family,
    guard: random(16),
    device: random(16),
    stretched: [random(32), random(32)] as [Uint8Array, Uint8Array],
    shares: [random(32), random(32)] as [Uint8Array, Uint8Array],
  }
  const sealed = [root, NO_ROOT].map((opens, at) =>
    guardRoot(
      opens,
      phone.stretched[at] as Uint8Array,
      phone.shares[at] as Uint8Array,
      fromText(family.vault),
      phone.guard,
      random,
    ),
  )
  return { ...phone, sealed }
}

const pinOf = ({ family, guard }: Phone, stretched: Uint8Array): string =>
  toText(pinTokenOf(stretched, fromText(family.vault), guard))
const deviceOf = ({ family, guard, device }: Phone): string =>
  toText(deviceTokenOf(device, fromText(family.vault), guard))
const hashed = (token: string): string => toText(tokenHash(fromText(token)))

export const setBody = (phone: Phone) => ({
  vault: phone.family.vault,
  token: phone.family.token,
  guard: toText(phone.guard),
  device: hashed(deviceOf(phone)),
  slots: phone.stretched.map((stretched, at) => ({
    pin: hashed(pinOf(phone, stretched)),
    share: toText(phone.shares[at] as Uint8Array),
  })),
})

export const tryBody = (phone: Phone, stretched: Uint8Array) => ({
  vault: phone.family.vault,
  guard: toText(phone.guard),
  device: deviceOf(phone),
  pin: pinOf(phone, stretched),
})

export const tryRight = (phone: Phone) => ask('guardTry', tryBody(phone, phone.stretched[0]))
export const tryDuress = (phone: Phone) => ask('guardTry', tryBody(phone, phone.stretched[1]))
/** Another wrong PIN each time. */
export const tryWrong = (phone: Phone) => ask('guardTry', tryBody(phone, random(32)))

/** @returns the root, or the zeros of a duress PIN */
export const opened = (phone: Phone, stretched: Uint8Array, share: unknown): Uint8Array | null => {
  const roots = phone.sealed.map((sealed) =>
    openGuarded(sealed, stretched, fromText(String(share)), fromText(phone.family.vault), phone.guard),
  )
  return roots.find((root) => root !== null) ?? null
}
