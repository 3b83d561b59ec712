import { bytesToHex } from '@noble/hashes/utils.js'
import type { PaddingCase, SealCase } from '../cases.ts'
import { seededRandom } from '../seeded-random.ts'
import { rawPad, rawSeal } from './raw-seal.ts'

/** In the order in which they came to be used, so that the cases of the earlier ones stay as they are. */
const KINDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 11, 15, 19, 14, 10, 20, 16, 17, 18]
const WRAPPING = [3, 6, 7, 8]
const NEXT: Partial<Record<number, number>> = { 13: 1, 11: 12, 19: 1, 14: 15, 10: 11, 20: 1, 17: 16, 18: 19 }
const WITHOUT_ID = [1, 2, 11, 17]

const damaged = (sealed: Uint8Array, at: number, mask: number): Uint8Array => {
  const copy = sealed.slice()
  copy[at]! ^= mask
  return copy
}

export const sealCases = (): SealCase[] => {
  const random = seededRandom('seals')
  return KINDS.flatMap((kind) => {
    const padded = !WRAPPING.includes(kind)
    const key = random(32)
    const vault = random(16)
    const id = WITHOUT_ID.includes(kind) ? new Uint8Array(16) : random(16)
    const version = 1 + kind * 65_793
    const plain = padded ? random(20) : random(32)
    const message = padded ? rawPad(plain, 512) : plain
    const sealed = rawSeal(key, kind, vault, id, version, message, random(24))
    const base = { kind, key, vault, id, version, sealed }
    const line = (name: string, change: Partial<typeof base>, expect: Uint8Array | null): SealCase => {
      const all = { ...base, ...change }
      return {
        name: `kind ${kind}: ${name}`,
        kind: all.kind,
        key: bytesToHex(all.key),
        vault: bytesToHex(all.vault),
        id: bytesToHex(all.id),
        version: all.version,
        sealed: bytesToHex(all.sealed),
        expect: expect === null ? 'refused' : bytesToHex(expect),
      }
    }
    const sealing = (text: Uint8Array, suite = 1) => ({
      sealed: rawSeal(key, kind, vault, id, version, text, random(24), suite),
    })
    const cases = [
      line('opens', {}, plain),
      line('another key', { key: random(32) }, null),
      line('another vault', { vault: random(16) }, null),
      line('another id', { id: random(16) }, null),
      line('an older version', { version: version - 1 }, null),
      line('a version in the other byte order', sealingOtherOrder(), null),
      line('sealed as the next kind', { kind: NEXT[kind] ?? KINDS[KINDS.indexOf(kind) + 1]! }, null),
      line('version byte 0', { sealed: damaged(sealed, 0, 1) }, null),
      line('version byte 2', { sealed: damaged(sealed, 0, 3) }, null),
      line('honestly sealed as suite 2', sealing(message, 2), null),
      line('a bit of the nonce', { sealed: damaged(sealed, 24, 0x80) }, null),
      line('a bit of the ciphertext', { sealed: damaged(sealed, 25, 1) }, null),
      line('a bit of the tag', { sealed: damaged(sealed, sealed.length - 1, 1) }, null),
      line('one byte short', { sealed: sealed.slice(0, -1) }, null),
      line('one byte long', { sealed: rawPadEnd(sealed) }, null),
      line('40 bytes', { sealed: sealed.slice(0, 40) }, null),
      line('nothing at all', { sealed: new Uint8Array(0) }, null),
      line('sealed nothing', sealing(new Uint8Array(0)), null),
    ]
    if (padded)
      cases.push(
        line('the last padding byte is not zero', sealing(damaged(message, 511, 1)), null),
        line('padded to twice the size', sealing(rawPad(plain, 1024)), null),
        line('not padded', sealing(plain), null),
      )
    else
      cases.push(
        line('a key of 31 bytes', sealing(plain.slice(1)), null),
        line('a key of 33 bytes', sealing(rawPadEnd(plain)), null),
        line('a padded key', sealing(rawPad(plain, 512)), null),
      )
    return cases

    function sealingOtherOrder() {
      const view = new DataView(new ArrayBuffer(4))
      view.setUint32(0, version)
      return {
        sealed: rawSeal(key, kind, vault, id, view.getUint32(0, true), message, random(24)),
      }
    }
  })
}

const rawPadEnd = (bytes: Uint8Array): Uint8Array => {
  const longer = new Uint8Array(bytes.length + 1)
  longer.set(bytes)
  return longer
}

export const paddingCases = (): PaddingCase[] => {
  const random = seededRandom('padding')
  const line = (name: string, padded: Uint8Array, expect: Uint8Array | null): PaddingCase => ({
    name,
    padded: bytesToHex(padded),
    expect: expect === null ? 'refused' : bytesToHex(expect),
  })
  const short = random(3)
  const full = random(508)
  const over = random(509)
  return [
    line('nothing fills 512 bytes', rawPad(new Uint8Array(0), 512), new Uint8Array(0)),
    line('3 bytes fill 512', rawPad(short, 512), short),
    line('508 bytes fill 512 exactly', rawPad(full, 512), full),
    line('509 bytes need 1,024', rawPad(over, 1024), over),
    line('zeros at the end of the data are data', rawPad(new Uint8Array(7), 512), new Uint8Array(7)),
    line('508 bytes in 1,024', rawPad(full, 1024), null),
    line('a total of 256', rawPad(short, 256), null),
    line('a total of 768', rawPad(over, 768), null),
    line('a total of 513', rawPad(full, 513), null),
    line('nothing', new Uint8Array(0), null),
    line('three bytes', new Uint8Array(3), null),
    line('the first padding byte is not zero', damaged(rawPad(short, 512), 7, 0x80), null),
    line('the last padding byte is not zero', damaged(rawPad(short, 512), 511, 1), null),
    line('a length one more than fits', rawPad(full, 512, 509), null),
    line('a length of 2^32 - 1', rawPad(short, 512, 0xffff_ffff), null),
    line('a length in the other byte order', rawPad(short, 512, 0x0300_0000), null),
  ]
}
