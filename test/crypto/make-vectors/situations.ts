import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { sealCover, sealSituation, situationKeyOf } from '../../../src/crypto/situation.ts'
import { toText } from '../../../src/protocol/bytes.ts'
import type { OpeningCase } from '../cases.ts'
import { sampleFamily } from '../sample.ts'
import { seededRandom } from '../seeded-random.ts'

/** The way of a presser's words, from its secret to a contact with a letter (`protocol.md §8.12, §8.13`). */
export const situationOpenings = (): OpeningCase[] => {
  const random = seededRandom('situations')
  const { told, cover } = sampleFamily()
  const [root, vault, presser, secret, version] = [random(32), random(16), random(16), random(32), 12]
  const key = situationKeyOf(root, vault, presser)
  const coverWith = (situation: Uint8Array) =>
    bytesToHex(sealCover(secret, vault, presser, version, { ...cover, situation: toText(situation) }, random))
  const pressedAt = 1_760_000_000_000
  const line = (name: string, of: number | null) => {
    const said = { ...told, pressedAt: of }
    return {
      name,
      by: 'situation' as const,
      secret: bytesToHex(secret),
      vault: bytesToHex(vault),
      presser: bytesToHex(presser),
      version,
      cover: coverWith(key),
      root: bytesToHex(root),
      pressedAt,
      sealed: bytesToHex(sealSituation(key, vault, presser, said, random)),
      expect: bytesToHex(utf8ToBytes(JSON.stringify(said))),
    }
  }
  const right = line('what a presser wrote, by a letter’s root', pressedAt)
  return [
    right,
    line('what was written before the press', null),
    { ...line('what was written of another press', pressedAt - 60_000), expect: 'refused' },
    { ...right, name: 'by the root of another', root: bytesToHex(random(32)), expect: 'refused' },
    { ...right, name: 'as another presser', presser: bytesToHex(random(16)), expect: 'refused' },
    { ...right, name: 'with another P', secret: bytesToHex(random(32)), expect: 'refused' },
    { ...right, name: 'with the cover of an older commit', version: version - 1, expect: 'refused' },
    {
      ...right,
      name: 'with a cover that holds another key',
      cover: coverWith(random(32)),
      expect: 'refused',
    },
  ]
}
