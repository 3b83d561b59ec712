import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type * as z from 'zod/mini'
import { cardCodeOf, cardLookupOf, openCardEntry } from '../../src/crypto/card.ts'
import { openDocument } from '../../src/crypto/document.ts'
import { deviceTokenOf, openGuarded, pinTokenOf } from '../../src/crypto/guard.ts'
import { handOverTokenOf } from '../../src/crypto/hand-over.ts'
import { joinTokenOf } from '../../src/crypto/invitation.ts'
import { openJson } from '../../src/crypto/json.ts'
import { derive, type Label, NO_SALT } from '../../src/crypto/kdf.ts'
import { openLetter, openPracticeLetter, receiptTokenOf } from '../../src/crypto/letter.ts'
import { openLinkLock } from '../../src/crypto/locks/link.ts'
import { openPairedLock } from '../../src/crypto/locks/paired.ts'
import { gateTokenOf, openHint, openWordLock } from '../../src/crypto/locks/word.ts'
import { linkPresserSecretOf, pressKeyOf, tokenHash } from '../../src/crypto/presser.ts'
import { fromWords, toWords } from '../../src/crypto/recovery-words.ts'
import { movingKeyOf, ownerTokenOf, phoneKeyOf, vaultIdOf, vaultKeyOf } from '../../src/crypto/root.ts'
import { openRoster } from '../../src/crypto/roster/roster.ts'
import { unwrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { open, type SealContext, type SealKind } from '../../src/crypto/seal.ts'
import { openCover, openSituation, presserTokenOf, situationKeyOf } from '../../src/crypto/situation.ts'
import { stretchCode, stretchWord } from '../../src/crypto/stretch.ts'
import { unpad } from '../../src/crypto/unpad.ts'
import { normaliseWord } from '../../src/crypto/word.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { readCardCode, showCardCode } from '../../src/protocol/card-code.ts'
import { ContactNote } from '../../src/protocol/contact-note.ts'
import { bytes } from '../../src/protocol/fields.ts'
import { HandedOver } from '../../src/protocol/hand-over.ts'
import { ContactAnswer, Invitation } from '../../src/protocol/invitation.ts'
import { Letter, PracticeLetter } from '../../src/protocol/letter-content.ts'
import { decodeLink } from '../../src/protocol/link.ts'
import { Plan } from '../../src/protocol/plan.ts'
import { Cover } from '../../src/protocol/presser.ts'
import { Roster } from '../../src/protocol/roster.ts'
import { Situation } from '../../src/protocol/situation.ts'
import { StepSet } from '../../src/protocol/steps.ts'
import { VaultDocument } from '../../src/protocol/vault-document.ts'
import type { LetterOpening, PinOpening, SituationOpening } from './cases.ts'
import type { Implementation } from './conformance.ts'

/** `src/crypto` and the links of `src/protocol`, as the vectors ask for them. */

export const KIND_OF: Record<number, SealKind> = {
  1: 'document',
  2: 'roster',
  3: 'roster-key',
  4: 'letter',
  5: 'practice-letter',
  6: 'link-lock',
  7: 'word-lock',
  8: 'paired-lock',
  9: 'hint',
  10: 'situation',
  11: 'note',
  12: 'invitation',
  13: 'answer',
  15: 'guarded-root',
  16: 'plan',
  17: 'steps',
  18: 'hand-over',
  19: 'phone-record',
  14: 'card-entry',
  20: 'cover',
}
const PAGE_KIND = { letter: 1, join: 2, press: 3, stop: 4, 'hand-over': 5 } as const

type Derive = (ikm: Uint8Array, vault: Uint8Array, id: Uint8Array) => Uint8Array
const labelled =
  (label: Label, length?: number): Derive =>
  (ikm, vault, id) =>
    derive(ikm, vault, label, id, length)

const KEY_OF: Record<string, Derive> = {
  'vault id': vaultIdOf,
  'owner token': ownerTokenOf,
  'vault key': vaultKeyOf,
  P: linkPresserSecretOf,
  'presser token': presserTokenOf,
  'situation cover key': labelled('situation'),
  "presser's situation key": situationKeyOf,
  'press key': pressKeyOf,
  'roster-wrap key': (ikm, vault) => derive(ikm, vault, 'roster-wrap'),
  'lock-link key': labelled('lock-link'),
  'word salt': labelled('word-salt', 16),
  'hint key': labelled('hint'),
  'lock-word key': labelled('lock-word'),
  'gate token': gateTokenOf,
  'lock-paired key': labelled('lock-paired'),
  'receipt token': receiptTokenOf,
  'join token': joinTokenOf,
  'invitation key': labelled('invitation'),
  'answer key': labelled('answer'),
  'guard’s device token': deviceTokenOf,
  'PIN token': pinTokenOf,
  'guarded-root key': labelled('guard-root'),
  'phone key': phoneKeyOf,
  'card’s lookup id': cardLookupOf,
  'card’s entry key': labelled('card-entry'),
  'plan-share key': labelled('plan-share'),
  'hand-over token': (secret, vault, id) => handOverTokenOf({ secret, vault, id }),
  'hand-over key': labelled('hand-over'),
  'hand-over check': labelled('hand-over-check', 4),
  'moving key': (both) => movingKeyOf(both.subarray(0, 32), both.subarray(32)),
}

const jsonBytes = (value: unknown): Uint8Array | null =>
  value === null ? null : utf8ToBytes(JSON.stringify(value))

const SCHEMA_OF: Partial<Record<SealKind, z.ZodMiniType>> = {
  document: VaultDocument,
  roster: Roster,
  letter: Letter,
  'practice-letter': PracticeLetter,
  note: ContactNote,
  invitation: Invitation,
  answer: ContactAnswer,
  situation: Situation,
  cover: Cover,
  plan: Plan,
  steps: StepSet,
  'hand-over': HandedOver,
}

const letterKeyOf = (line: LetterOpening, vault: Uint8Array, id: Uint8Array, secret: Uint8Array | null) => {
  if (line.by === 'paired') {
    const lock = { kind: 'paired', wrapped: line.wrapped } as const
    return openPairedLock(lock, hexToBytes(line.secret ?? ''), vault, id, line.version)
  }
  if (secret === null) return null
  if (line.by === 'link')
    return openLinkLock({ kind: 'link', wrapped: line.wrapped }, secret, vault, id, line.version)
  const word = normaliseWord(line.word ?? '')
  if (word === null) return null
  const stretched = stretchWord(word, secret, vault, id)
  if (toText(tokenHash(gateTokenOf(stretched, vault, id))) !== line.gate) return null
  return openWordLock(line.wrapped, stretched, vault, id, line.version)
}

const openByLock = (line: LetterOpening): Uint8Array | null => {
  const link = decodeLink('letter', line.fragment)
  if (link === null) return null
  const key = letterKeyOf(line, link.vault, link.id, link.secret)
  if (key === null) return null
  const token = tokenHash(receiptTokenOf(key, link.vault, link.id))
  if (toText(token) !== toText(hexToBytes(line.receipt))) return null
  const read = line.practice ? openPracticeLetter : openLetter
  return jsonBytes(read(key, link.vault, link.id, line.version, hexToBytes(line.sealed)))
}

const openSaid = (line: SituationOpening): Uint8Array | null => {
  const [vault, presser] = [hexToBytes(line.vault), hexToBytes(line.presser)]
  const cover = openCover(hexToBytes(line.secret), vault, presser, line.version, hexToBytes(line.cover))
  const root = hexToBytes(line.root)
  if (cover?.situation !== toText(situationKeyOf(root, vault, presser))) return null
  return jsonBytes(openSituation(root, vault, presser, line.pressedAt, hexToBytes(line.sealed)))
}

const openByPin = (line: PinOpening): Uint8Array | null => {
  const [device, vault, guard] = [hexToBytes(line.device), hexToBytes(line.vault), hexToBytes(line.guard)]
  const stretched = stretchWord(line.pin, device, vault, guard)
  if (bytesToHex(tokenHash(deviceTokenOf(device, vault, guard))) !== line.deviceHash) return null
  if (bytesToHex(tokenHash(pinTokenOf(stretched, vault, guard))) !== line.pinHash) return null
  return openGuarded(hexToBytes(line.sealed), stretched, hexToBytes(line.share), vault, guard)
}

export const thisCode: Implementation = {
  key: (name, ikm, vault, id) => KEY_OF[name]!(ikm, vault ?? NO_SALT, id as Uint8Array),
  hash: tokenHash,
  unpad,
  openSeal: ({ kind, key, vault, id, version, sealed }) =>
    open(key, { kind: KIND_OF[kind]!, vault, id, version }, sealed),
  openContent: ({ kind, key, vault, id, version, sealed }) => {
    const context: SealContext = { kind: KIND_OF[kind]!, vault, id, version }
    return jsonBytes(openJson(SCHEMA_OF[context.kind]!, key, context, sealed))
  },
  openWhole: (line) => {
    const sealed = hexToBytes(line.sealed)
    if (line.by === 'recovery-words') {
      const root = fromWords(line.words)
      return root && jsonBytes(openDocument(root, line.version, sealed))
    }
    if (line.by === 'hint') {
      const link = decodeLink('letter', line.fragment)
      if (!link?.secret) return null
      const hint = openHint(toText(sealed), link.secret, link.vault, link.id, line.version)
      return hint === null ? null : utf8ToBytes(hint)
    }
    if (line.by === 'pin') return openByPin(line)
    if (line.by === 'situation') return openSaid(line)
    if (line.by !== 'press') return openByLock(line)
    const vault = hexToBytes(line.vault)
    const pressKey = pressKeyOf(hexToBytes(line.secret), vault)
    if (toText(tokenHash(pressKey)) !== toText(hexToBytes(line.hash))) return null
    const wrapped = fromText(line.wrapped)
    const key = unwrapRosterKey(pressKey, vault, hexToBytes(line.presser), line.version, wrapped)
    return key && jsonBytes(openRoster(key, vault, line.version, sealed))
  },
  stretch: stretchWord,
  normalise: normaliseWord,
  toWords,
  fromWords,
  decodeLink: (page, fragment) => {
    const link = decodeLink(page, fragment)
    if (link === null) return null
    const head = Uint8Array.of(1, PAGE_KIND[link.kind])
    return concatBytes(head, link.vault, link.id, link.secret ?? new Uint8Array(0))
  },
  readCode: readCardCode,
  codeOf: (secret, vault, presser) => showCardCode(cardCodeOf(secret, vault, presser)),
  openEntry: (code, sealed) => {
    const stretched = stretchCode(code)
    const entry = openCardEntry(stretched, sealed)
    const plain = entry && concatBytes(entry.vault, entry.presser, entry.secret)
    return { lookup: cardLookupOf(stretched), entry: plain }
  },
  decodeText: (text, length) => (bytes(length).safeParse(text).success ? fromText(text) : null),
}
