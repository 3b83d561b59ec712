import { deviceTokenOf, guardRoot, NO_ROOT, openGuarded, pinTokenOf } from '../../crypto/guard.ts'
import { tokenHash } from '../../crypto/presser.ts'
import { vaultIdOf } from '../../crypto/root.ts'
import { fromText, toText } from '../../protocol/bytes.ts'
import type { GuardSetRequest, GuardTryRequest } from '../../protocol/guard.ts'
import { KEY_BYTES } from '../../protocol/limits.ts'
import type { Guard } from '../device/owner.ts'
import type { Stretch } from './letter-locks.ts'
import { newId, newSecret, random } from './random.ts'

/** A guard's two halves: what the phone keeps, and what the service keeps (`protocol.md §7.13`). No I/O. */
export type Made = { guard: Guard; request: Omit<GuardSetRequest, 'token'> }

/** What a PIN opens: the root; `nothing`, of a duress PIN; null: it is not this guard's. */
export type Opens = Uint8Array | 'nothing' | null

export const stretchPin = (
  { vault, id, device }: Pick<Guard, 'vault' | 'id' | 'device'>,
  pin: string,
  stretch: Stretch,
  onProgress: (done: number) => void,
): Promise<Uint8Array> =>
  stretch({ word: pin, secret: fromText(device), vault: fromText(vault), letter: fromText(id) }, onProgress)

/** @param duress null: the second slot is of random bytes, and looks the same */
export const makeGuard = async (
  root: Uint8Array,
  pin: string,
  duress: string | null,
  stretch: Stretch,
  onProgress: (done: number) => void,
): Promise<Made> => {
  const [vault, id, device] = [vaultIdOf(root), newId(), newSecret()]
  const half = { vault: toText(vault), id, device }
  const guardId = fromText(id)
  const parts = duress === null ? 1 : 2
  const first = await stretchPin(half, pin, stretch, (done) => onProgress(done / parts))
  const second =
    duress === null
      ? random(KEY_BYTES)
      : await stretchPin(half, duress, stretch, (done) => onProgress((1 + done) / parts))
  const slotOf = (opens: Uint8Array, stretched: Uint8Array) => {
    const share = random(KEY_BYTES)
    return {
      slot: { pin: toText(tokenHash(pinTokenOf(stretched, vault, guardId))), share: toText(share) },
      sealed: toText(guardRoot(opens, stretched, share, vault, guardId, random)),
    }
  }
  const [one, other] = [slotOf(root, first), slotOf(NO_ROOT, second)]
  const isSwapped = ((random(1)[0] ?? 0) & 1) === 1
  const [a, b] = isSwapped ? [other, one] : [one, other]
  const token = deviceTokenOf(fromText(device), vault, guardId)
  return {
    guard: { ...half, sealed: [a.sealed, b.sealed] },
    request: { vault: half.vault, guard: id, device: toText(tokenHash(token)), slots: [a.slot, b.slot] },
  }
}

export const tryRequestOf = ({ vault, id, device }: Guard, stretched: Uint8Array): GuardTryRequest => {
  const [vaultId, guard] = [fromText(vault), fromText(id)]
  return {
    vault,
    guard: id,
    device: toText(deviceTokenOf(fromText(device), vaultId, guard)),
    pin: toText(pinTokenOf(stretched, vaultId, guard)),
  }
}

export const opensBy = ({ vault, id, sealed }: Guard, stretched: Uint8Array, share: string): Opens => {
  for (const one of sealed) {
    const root = openGuarded(fromText(one), stretched, fromText(share), fromText(vault), fromText(id))
    if (root === null) continue
    if (root.every((byte) => byte === 0)) return 'nothing'
    if (toText(vaultIdOf(root)) === vault) return root
  }
  return null
}
