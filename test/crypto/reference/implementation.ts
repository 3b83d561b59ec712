import sodium from 'libsodium-wrappers'
import type { LetterOpening, PinOpening, SituationOpening } from '../cases.ts'
import type { Implementation } from '../conformance.ts'
import { codeOf, readCode } from './card-codes.ts'
import { isContent, isHint } from './contents.ts'
import { keyOf, normalise, sha256, stretch, stretchCode } from './keys.ts'
import { openSeal, unpad } from './seals.ts'
import { decodeLink, decodeText, fromWords, toWords } from './texts.ts'

await sodium.ready

/**
 * A second implementation of `docs/protocol.md`, written from that page alone, on libsodium and Node's cryptography: what
 * it can open, any other can.
 */
const NO_ID = new Uint8Array(16)
const LOCK_KIND = { link: 6, word: 7, paired: 8 } as const

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))
const hashHex = (token: Uint8Array): string => Buffer.from(sha256(token)).toString('hex')
const content = (kind: number, plain: Uint8Array | null): Uint8Array | null =>
  plain && isContent(kind, plain) ? plain : null

const linkOf = (fragment: string) => {
  const payload = decodeLink('letter', fragment)
  return (
    payload && {
      vault: payload.slice(2, 18),
      id: payload.slice(18, 34),
      secret: payload.length === 50 ? payload.slice(34) : null,
    }
  )
}
type Link = NonNullable<ReturnType<typeof linkOf>>

const lockKeyOf = (line: LetterOpening, { vault, id, secret }: Link): Uint8Array | null => {
  if (line.by === 'paired') return keyOf('lock-paired key', hex(line.secret ?? ''), vault, id)
  if (secret === null) return null
  if (line.by === 'link') return keyOf('lock-link key', secret, vault, id)
  const word = normalise(line.word ?? '')
  if (word === null) return null
  const stretched = stretch(word, secret, vault, id)
  const gate = Buffer.from(sha256(keyOf('gate token', stretched, vault, id))).toString('base64url')
  return gate === line.gate ? keyOf('lock-word key', stretched, vault, id) : null
}

const openLetter = (line: LetterOpening): Uint8Array | null => {
  const link = linkOf(line.fragment)
  const lockKey = link && lockKeyOf(line, link)
  const wrapped = decodeText(line.wrapped, 73)
  if (!link || !lockKey || !wrapped) return null
  const { vault, id } = link
  const { version } = line
  const key = openSeal({ kind: LOCK_KIND[line.by], key: lockKey, vault, id, version, sealed: wrapped })
  if (key === null || hashHex(keyOf('receipt token', key, vault, id)) !== line.receipt) return null
  const kind = line.practice ? 5 : 4
  return content(kind, openSeal({ kind, key, vault, id, version, sealed: hex(line.sealed) }))
}

const openByPin = (line: PinOpening): Uint8Array | null => {
  const [device, vault, guard] = [hex(line.device), hex(line.vault), hex(line.guard)]
  const stretched = stretch(line.pin, device, vault, guard)
  if (hashHex(keyOf('guard’s device token', device, vault, guard)) !== line.deviceHash) return null
  if (hashHex(keyOf('PIN token', stretched, vault, guard)) !== line.pinHash) return null
  const key = keyOf('guarded-root key', Buffer.concat([stretched, hex(line.share)]), vault, guard)
  const root = openSeal({ kind: 15, key, vault, id: guard, version: 1, sealed: hex(line.sealed) })
  return root?.length === 16 ? root : null
}

const json = (plain: Uint8Array) => JSON.parse(Buffer.from(plain).toString())

const openSituation = (line: SituationOpening): Uint8Array | null => {
  const [vault, id, { version }] = [hex(line.vault), hex(line.presser), line]
  const coverKey = keyOf('situation cover key', hex(line.secret), vault, null)
  const cover = content(
    20,
    openSeal({ kind: 20, key: coverKey, vault, id, version, sealed: hex(line.cover) }),
  )
  const key = keyOf("presser's situation key", hex(line.root), vault, id)
  if (cover === null || !key.every((byte, at) => byte === decodeText(json(cover).situation, 32)?.[at]))
    return null
  const said = content(10, openSeal({ kind: 10, key, vault, id, version: 1, sealed: hex(line.sealed) }))
  return said !== null && [null, line.pressedAt].includes(json(said).pressedAt) ? said : null
}

export const reference: Implementation = {
  key: keyOf,
  hash: sha256,
  unpad,
  openSeal,
  openContent: (line) => content(line.kind, openSeal(line)),
  openWhole: (line) => {
    if (line.by === 'pin') return openByPin(line)
    if (line.by === 'situation') return openSituation(line)
    const { version } = line
    const sealed = hex(line.sealed)
    if (line.by === 'recovery-words') {
      const root = fromWords(line.words)
      if (root === null) return null
      const vault = keyOf('vault id', root, null, null)
      const key = keyOf('vault key', root, null, null)
      return content(1, openSeal({ kind: 1, key, vault, id: NO_ID, version, sealed }))
    }
    if (line.by === 'press') {
      const vault = hex(line.vault)
      const pressKey = keyOf('press key', hex(line.secret), vault, null)
      const wrapped = decodeText(line.wrapped, 73)
      if (hashHex(pressKey) !== line.hash || wrapped === null) return null
      const wrapKey = keyOf('roster-wrap key', pressKey, vault, null)
      const key = openSeal({ kind: 3, key: wrapKey, vault, id: hex(line.presser), version, sealed: wrapped })
      return key && content(2, openSeal({ kind: 2, key, vault, id: NO_ID, version, sealed }))
    }
    if (line.by === 'hint') {
      const link = linkOf(line.fragment)
      if (!link?.secret) return null
      const { vault, id } = link
      const hint = openSeal({
        kind: 9,
        key: keyOf('hint key', link.secret, vault, id),
        vault,
        id,
        version,
        sealed,
      })
      return hint && isHint(hint) ? hint : null
    }
    return openLetter(line)
  },
  stretch,
  normalise,
  toWords,
  fromWords,
  decodeLink,
  decodeText,
  readCode,
  codeOf,
  openEntry: (code, sealed) => {
    const stretched = stretchCode(code)
    const lookup = keyOf('card’s lookup id', stretched, null, null)
    const key = keyOf('card’s entry key', stretched, null, null)
    const entry = openSeal({ kind: 14, key, vault: NO_ID, id: lookup, version: 1, sealed })
    return { lookup, entry: entry?.length === 48 ? entry : null }
  },
}
