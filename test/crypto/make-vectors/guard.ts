import { bytesToHex } from '@noble/hashes/utils.js'
import { deviceTokenOf, guardRoot, NO_ROOT, pinTokenOf } from '../../../src/crypto/guard.ts'
import { tokenHash } from '../../../src/crypto/presser.ts'
import { stretchWord } from '../../../src/crypto/stretch.ts'
import type { OpeningCase } from '../cases.ts'
import { seededRandom } from '../seeded-random.ts'

/** The way from a PIN to the root (`protocol.md §7.13`). */
export const guardOpenings = (): OpeningCase[] => {
  const random = seededRandom('guards')
  const [root, vault, guard, device] = [random(16), random(16), random(16), random(16)]
  const line = (name: string, pin: string, opens: Uint8Array) => {
    const [stretched, share] = [stretchWord(pin, device, vault, guard), random(32)]
    return {
      name,
      by: 'pin' as const,
      pin,
      device: bytesToHex(device),
      vault: bytesToHex(vault),
      guard: bytesToHex(guard),
      share: bytesToHex(share),
      deviceHash: bytesToHex(tokenHash(deviceTokenOf(device, vault, guard))),
      pinHash: bytesToHex(tokenHash(pinTokenOf(stretched, vault, guard))),
      sealed: bytesToHex(guardRoot(opens, stretched, share, vault, guard, random)),
      expect: bytesToHex(opens),
    }
  }
  const right = line('the root by its PIN', '493817', root)
  const duress = line('nothing by a duress PIN', '270465', NO_ROOT)
  return [
    right,
    duress,
    { ...right, name: 'the root by another PIN', pin: '493818', expect: 'refused' },
    { ...right, name: 'the root with the share of the other PIN', share: duress.share, expect: 'refused' },
    { ...right, name: 'the root on another phone', device: bytesToHex(random(16)), expect: 'refused' },
    {
      ...right,
      name: 'what the other PIN opens, in its place',
      sealed: duress.sealed,
      expect: 'refused',
    },
  ]
}
