import { createHash, createHmac } from 'node:crypto'
import { joinTokenOf, openAnswer, openInvitation } from '../../src/crypto/invitation.ts'
import { openLinkLock } from '../../src/crypto/locks/link.ts'
import { openPairedLock } from '../../src/crypto/locks/paired.ts'
import { openHint, openWordLock } from '../../src/crypto/locks/word.ts'
import { openShare } from '../../src/crypto/plan.ts'
import { pressKeyOf } from '../../src/crypto/presser.ts'
import { vaultIdOf, vaultKeyOf } from '../../src/crypto/root.ts'
import { unwrapRosterKey } from '../../src/crypto/roster/roster-key.ts'
import { NO_ID, open, type SealContext, type SealKind } from '../../src/crypto/seal.ts'
import { openCover, situationKeyOf } from '../../src/crypto/situation.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import type { Lock } from '../../src/protocol/locks.ts'
import type { Disk } from './disk.ts'
import { inLinks, valuesOf } from './search.ts'

/**
 * Whoever has the server's disk, and perhaps what the provider was sent, tries every 16 and 32 bytes that stand there as every kind of
 * key on everything that is sealed, and what that opens again, until nothing new comes. Guessing words is not among it.
 */
type Sealed = { context: SealContext; bytes: Uint8Array }

const CODE = /[A-Za-z0-9_-]{22,}/g

const bytesOf = (text: string): Uint8Array | null => {
  try {
    return fromText(text)
  } catch {
    return null
  }
}

/** All that stands in `text` as base64url, hex or a link, and is 16 or 32 bytes long. */
const keysIn = (text: string): Uint8Array[] => {
  const found: Uint8Array[] = []
  for (const [code] of text.matchAll(CODE)) {
    if (code.length === 22 || code.length === 43) found.push(...[bytesOf(code)].filter((one) => one !== null))
    if (/^(?:[0-9a-f]{32}|[0-9a-f]{64})$/i.test(code)) found.push(Uint8Array.from(Buffer.from(code, 'hex')))
  }
  found.push(...inLinks(text))
  return found.filter(({ length }) => length === 16 || length === 32)
}

type Letter = { id: Uint8Array; version: number; locks: Lock[]; sealed: Uint8Array | undefined }

const text = (value: unknown): string => String(value)

type Contact = {
  id: Uint8Array
  version: number
  sealed: Uint8Array
  answers: number
  answer: Uint8Array | null
}

/** What of the family's plan comes with a letter. */
type Share = { letter: Uint8Array; version: number; bytes: Uint8Array }

/** What was written of a press, or is to be said of one. */
type Said = { presser: Uint8Array; bytes: Uint8Array }

type Held = {
  vault: Uint8Array
  version: number
  letters: Letter[]
  contacts: Contact[]
  pressers: { id: Uint8Array; wrapped: Uint8Array; cover: Uint8Array }[]
  said: Said[]
  shares: Share[]
  sealed: Sealed[]
}

/** What is sealed on this disk, by what its rows say of it. */
const read = (disk: Disk): Held => {
  const vault = bytesOf(text(disk.vault?.vault?.[0]?.id)) ?? NO_ID
  const version = Number(disk.vault?.vault?.[0]?.version ?? 1)
  const letters: Letter[] = (disk.vault?.letters ?? []).map((row) => ({
    id: fromText(text(row.id)),
    version: Number(row.version),
    locks: JSON.parse(text(row.locks)) as Lock[],
    sealed: disk.kv.get(text(row.key)),
  }))
  const context = (kind: SealKind, id: Uint8Array = NO_ID, at = version): SealContext => ({
    kind,
    vault,
    id,
    version: at,
  })
  const documents = [...disk.kv].flatMap(([key, bytes]) => {
    const [kind, , at] = key.split('/')
    return kind === 'document' ? [{ context: context('document', NO_ID, Number(at)), bytes }] : []
  })
  const rosters = (disk.vault?.rosters ?? []).map((row) => ({
    context: context('roster', NO_ID, Number(row.version)),
    bytes: fromText(text(row.sealed)),
  }))
  const ofLetters = letters.flatMap(({ id, version: at, locks, sealed }) => [
    ...(sealed === undefined
      ? []
      : (['letter', 'practice-letter'] as const).map((kind) => ({
          context: context(kind, id, at),
          bytes: sealed,
        }))),
    ...locks.map(({ kind, wrapped }) => ({
      context: context(`${kind}-lock`, id, at),
      bytes: fromText(wrapped),
    })),
  ])
  const pressers = (disk.vault?.pressers ?? []).map((row) => ({
    id: fromText(text(row.id)),
    wrapped: fromText(text(row.wrapped)),
    cover: fromText(text(row.cover)),
  }))
  const by = new Map((disk.vault?.pressed_by ?? []).map(({ press, presser }) => [press, presser]))
  const said: Said[] = [
    ...(disk.vault?.situations ?? []).map((row) => ({ presser: by.get(row.press), sealed: row.sealed })),
    ...(disk.vault?.check_ins ?? []).map(({ presser, said: sealed }) => ({ presser, sealed })),
  ].flatMap(({ presser, sealed: bytes }) =>
    presser === undefined || bytes === null
      ? []
      : [{ presser: fromText(text(presser)), bytes: fromText(text(bytes)) }],
  )
  const contacts: Contact[] = (disk.vault?.contacts ?? []).map((row) => ({
    id: fromText(text(row.id)),
    version: Number(row.version),
    sealed: fromText(text(row.sealed)),
    answers: Number(row.answers),
    answer: row.answer === null ? null : fromText(text(row.answer)),
  }))
  const ofContacts = contacts.flatMap(({ id, version: at, sealed: bytes, answers, answer }) => [
    { context: context('invitation', id, at), bytes },
    ...(answer === null ? [] : [{ context: context('answer', id, answers), bytes: answer }]),
  ])
  // From their names in KV: what no row points to any more is tried as well.
  const plans = [...disk.kv].flatMap(([key, bytes]) => {
    const [kind, , at] = key.split('/')
    return kind === 'plan' ? [{ context: context('plan', NO_ID, Number(at)), bytes }] : []
  })
  const shares = [...disk.kv].flatMap(([key, bytes]): Share[] => {
    const [kind, , letter = '', at, attempt] = key.split('/')
    return kind === 'share' && attempt !== undefined
      ? [{ letter: fromText(letter), version: Number(at), bytes }]
      : []
  })
  const notes = (disk.vault?.on_it ?? []).flatMap(({ sealed: note }) =>
    note === null ? [] : [{ context: context('note', NO_ID, 1), bytes: fromText(text(note)) }],
  )
  const sealed: Sealed[] = [...documents, ...rosters, ...plans, ...ofLetters, ...ofContacts, ...notes]
  return { vault, version, letters, contacts, pressers, said, shares, sealed }
}

/** @returns what was opened and what was found out on the way, as text: plain texts, and keys in base64url */
export const openAll = (disk: Disk, places: readonly (string | Uint8Array)[]): string[] => {
  const { vault, version, letters, contacts, pressers, said, shares, sealed } = read(disk)
  const opened: string[] = []
  const tried = new Set<string>()
  const waiting = places.flatMap((part) => (typeof part === 'string' ? keysIn(part) : []))
  const found = (what: Uint8Array | string | null): void => {
    if (what === null) return
    const known =
      typeof what === 'string' ? what : what.length === 32 ? toText(what) : Buffer.from(what).toString('utf8')
    opened.push(known)
    waiting.push(...keysIn(known))
  }
  const tryKey = (key: Uint8Array): void => {
    for (const { context, bytes } of sealed) found(open(key, context, bytes))
    for (const { letter, version: at, bytes } of shares) {
      const share = openShare(key, vault, letter, at, bytes)
      if (share !== null) found(JSON.stringify(share))
    }
    for (const { presser, bytes } of said) {
      const context: SealContext = { kind: 'situation', vault, id: presser, version: 1 }
      found(open(key, context, bytes))
      found(open(situationKeyOf(key, vault, presser), context, bytes))
    }
    for (const { id, wrapped, cover } of pressers) {
      const told = openCover(key, vault, id, version, cover)
      if (told !== null) found(JSON.stringify(told))
      found(unwrapRosterKey(key, vault, id, version, wrapped))
      found(unwrapRosterKey(pressKeyOf(key, vault), vault, id, version, wrapped))
    }
    for (const { id, version: at, locks } of letters) {
      for (const { kind, wrapped } of locks) {
        if (kind === 'word') found(openWordLock(wrapped, key, vault, id, at))
      }
    }
  }
  const trySecret = (secret: Uint8Array): void => {
    if (toText(vaultIdOf(secret)) === toText(vault)) found(vaultKeyOf(secret))
    for (const { id, version: at, locks } of letters) {
      for (const lock of locks) {
        if (lock.kind === 'paired') found(openPairedLock(lock, secret, vault, id, at))
        if (lock.kind === 'link') found(openLinkLock(lock, secret, vault, id, at))
        if (lock.kind === 'word' && lock.hint !== null) found(openHint(lock.hint, secret, vault, id, at))
      }
    }
  }
  const tryInvitation = (secret: Uint8Array): void => {
    for (const { id, version: at, sealed: bytes, answers, answer } of contacts) {
      const invitation = openInvitation(secret, vault, id, at, bytes)
      if (invitation === null) continue
      found(JSON.stringify(invitation))
      found(joinTokenOf(secret, vault, id))
      const said = answer === null ? null : openAnswer(secret, vault, id, answers, answer)
      if (said !== null) found(JSON.stringify(said))
    }
  }
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const name = toText(key)
    if (tried.has(name)) continue
    tried.add(name)
    if (key.length === 32) tryKey(key)
    else {
      trySecret(key)
      tryInvitation(key)
    }
  }
  return opened
}

/** Does this disk tell whether `address` was ever written to, for somebody who asks about just that address? */
export const tellsAddress = (disk: Disk, address: string): boolean => {
  const key = disk.mailroom?.secret?.[0]?.key
  if (key === undefined) return false
  const hash = createHmac('sha256', fromText(text(key)))
    .update(address.toLowerCase().replace(/\+[^@]*(?=@)/, ''))
    .digest('base64url')
  return valuesOf(disk.mailroom).includes(hash)
}

/** Does this disk tell a right guess of the word from a wrong one, for somebody who knows its link secret? */
export const tellsGuesses = (disk: Disk, gateToken: Uint8Array): boolean => {
  const hash = createHash('sha256').update(gateToken).digest('base64url')
  return read(disk).letters.some(({ locks }) =>
    locks.some((lock) => lock.kind === 'word' && lock.gate === hash),
  )
}
