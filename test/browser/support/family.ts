import { argon2Sync } from 'node:crypto'
import type { Page } from 'playwright-core'
import { type Envelope, OwnerRecord, sealOwner } from '../../../src/client/device/owner.ts'
import type { PressRecord, SealedCache } from '../../../src/client/device/records.ts'
import { openRecord } from '../../../src/client/device/sealed.ts'
import type { Stretch } from '../../../src/client/vault/letter-locks.ts'
import { newId, newKey, newSecret, random } from '../../../src/client/vault/random.ts'
import { sealCommit } from '../../../src/client/vault/seal-commit.ts'
import { countsOf } from '../../../src/client/vault/standing.ts'
import { derive } from '../../../src/crypto/kdf.ts'
import { pressKeyOf } from '../../../src/crypto/presser.ts'
import { ownerTokenOf, vaultIdOf } from '../../../src/crypto/root.ts'
import { fromText, toText } from '../../../src/protocol/bytes.ts'
import type { PushTarget } from '../../../src/protocol/channel.ts'
import { SECRET_BYTES } from '../../../src/protocol/limits.ts'
import { encodeLink } from '../../../src/protocol/link.ts'
import type { FilledSection, Plan } from '../../../src/protocol/plan.ts'
import { ROUTES } from '../../../src/protocol/routes.ts'
import type { DocumentContact, LockChoice, VaultDocument } from '../../../src/protocol/vault-document.ts'
import { letterLink, newAddress, type Place, stopLink, waitForMails } from './place.ts'

/**
 * A family that is set up already: its vault made by the client's own code from here, its records put on a phone. Seconds
 * faster than the wizard, which has tests of its own.
 */
export type ContactOptions = {
  name?: string
  email?: string | null
  push?: PushTarget
  language?: 'es' | 'en'
  text?: string
  phrase?: string | null
  lock?: LockChoice
  /** Who is asked first to call the hotline. */
  lead?: boolean
  standing?: 'new' | 'invited' | 'accepted'
}
export type FamilyOptions = {
  contacts?: ContactOptions[]
  name?: string
  /** Short, unless the test is about the countdown. */
  delayMs?: number
  practised?: boolean
  /** A card beside the phone, not in the directory of codes. */
  card?: { delayMs: number }
  /** The label of another phone of hers. */
  otherPhone?: string
  wordsConfirmed?: boolean
  /** In which its people are told when. */
  zone?: string
  /** The family's plan; `shown`: what of it the first contact is shown. */
  plan?: { sections: FilledSection[]; shown: string[] }
}

export type Family = {
  root: Uint8Array
  document: VaultDocument
  press: PressRecord
  owner: Envelope
  cache: SealedCache
}

/** Of every phone on which a family is put. */
const DEVICE_KEY = newKey()

/** Node's Argon2id, ten times as fast as the page's (test/crypto holds that they agree). */
export const stretch: Stretch = async ({ word, secret, vault, letter }) =>
  argon2Sync('argon2id', {
    message: Buffer.from(word),
    nonce: derive(secret, vault, 'word-salt', letter, 16),
    parallelism: 1,
    tagLength: 32,
    memory: 19_456,
    passes: 2,
  })

const contactOf = (options: ContactOptions, now: number): DocumentContact => ({
  id: newId(),
  name: options.name ?? 'Rosa',
  language: options.language ?? 'es',
  email: options.email === undefined ? newAddress() : options.email,
  sms: null,
  push: options.push ?? null,
  stop: newSecret(),
  secret: newSecret(),
  invitedAt: options.standing === 'new' ? null : now,
  answer: options.standing === 'accepted' ? { n: 1, at: now } : null,
  clearedAt: null,
  letter: {
    id: newId(),
    version: 1,
    secret: newSecret(),
    text: options.text ?? 'Las llaves están con la vecina.',
    phrase: options.phrase ?? null,
    lock: options.lock ?? { kind: 'link' },
  },
})

export const makeFamily = async (origin: string, options: FamilyOptions = {}): Promise<Family> => {
  const root = random(SECRET_BYTES)
  const now = Date.now()
  const presser = {
    id: newId(),
    kind: 'phone' as const,
    secret: newKey(),
    label: 'Este teléfono',
    delayMs: options.delayMs ?? 1_000,
    addedAt: now,
  }
  const card = {
    ...{ id: newId(), kind: 'card' as const, secret: newSecret(), label: 'Tarjeta', addedAt: now },
    delayMs: options.card?.delayMs ?? 0,
  }
  const others = [
    ...(options.card === undefined ? [] : [card]),
    ...(options.otherPhone === undefined
      ? []
      : [{ ...presser, id: newId(), secret: newKey(), label: options.otherPhone }]),
  ]
  const contacts = (options.contacts ?? [{}]).map((contact) => contactOf(contact, now))
  const planned = options.plan
  const plan: Plan | null =
    planned === undefined
      ? null
      : {
          v: 1,
          sections: planned.sections,
          shares: contacts.slice(0, 1).map(({ id }) => ({ contact: id, sections: planned.shown })),
        }
  const lead = (options.contacts ?? []).findIndex((contact) => contact.lead === true)
  const { request, document } = await sealCommit(
    root,
    null,
    0,
    {
      v: 1,
      name: options.name ?? 'Ana María',
      language: 'es',
      hotline: 'us-migrawatch',
      zone: options.zone ?? 'America/Los_Angeles',
      situation: newKey(),
      lead: contacts[lead]?.id ?? null,
      contacts,
      pressers: [presser, ...others],
      former: [],
      wordsConfirmedAt: (options.wordsConfirmed ?? true) ? now : null,
      practisedAt: (options.practised ?? true) ? now : null,
      rolledAfter: [],
      plan: null,
    },
    stretch,
    undefined,
    null,
    false,
    { before: null, after: plan },
  )
  const response = await fetch(origin + ROUTES.commit, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  if (!response.ok) throw new Error(`the vault was not made: ${await response.text()}`)
  const vault = vaultIdOf(root)
  return {
    root,
    document,
    press: {
      v: 1,
      vault: toText(vault),
      key: toText(pressKeyOf(fromText(presser.secret), vault)),
      hotline: document.hotline,
      contacts: document.contacts.length,
      people: countsOf(document, null, null),
      practised: document.practisedAt !== null,
      wordsConfirmed: document.wordsConfirmedAt !== null,
      revoked: false,
    },
    owner: {
      v: 1,
      guard: null,
      former: [],
      sealed: sealOwner(fromText(DEVICE_KEY), {
        ...{ v: 1, root: toText(root), presser: presser.id, next: null, drop: [], version: 1 },
      }),
    },
    cache: { v: 1, version: 1, sealed: request.document },
  }
}

/** Presses as the family's phone does. */
export const press = async (origin: string, family: Family): Promise<void> => {
  const body = { vault: family.press.vault, key: family.press.key, alert: toText(random(16)) }
  await fetch(origin + ROUTES.press, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, ageMs: 0, practice: false }),
  })
}

/** A family whose button was pressed; the first contact's mail is there. `bare`: that letter's link without its secret. */
export const alertedFamily = async (
  place: Place,
  contact: ContactOptions = {},
  others: ContactOptions[] = [],
  more: Pick<FamilyOptions, 'plan' | 'name'> = {},
) => {
  const email = newAddress('rosa')
  const contacts = [{ email, ...contact }, ...others]
  const family = await makeFamily(place.origin, { ...more, delayMs: 0, contacts })
  await press(place.origin, family)
  const [mail] = await waitForMails(place.server, email)
  const id = family.document.contacts[0]?.letter.id
  if (mail === undefined || id === undefined) throw new Error('no mail')
  const vault = fromText(family.press.vault)
  const bare = `${place.origin}/letter#${encodeLink({ kind: 'letter', vault, id: fromText(id), secret: null })}`
  return { family, email, letter: letterLink(mail), stop: stopLink(mail), bare }
}

/** Asks the server as the owner's app would. @returns the answer, or the refusal */
export const askAsOwner = async (
  origin: string,
  root: Uint8Array,
  route: string,
  more: object = {},
): Promise<Record<string, unknown>> => {
  const body = { vault: toText(vaultIdOf(root)), token: toText(ownerTokenOf(root)), ...more }
  const response = await fetch(origin + route, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

type Records = Record<string, unknown>

/** Writes into the phone's storage what the app itself would, from a page on which the app does not run. */
export const putRecords = async (page: Page, records: Records, inLocalStorage = false): Promise<void> => {
  await page.goto('/robots.txt')
  const all = 'owner' in records ? { ...records, 'device-key': DEVICE_KEY } : records
  await page.evaluate(
    async ([values, local]) => {
      if (local) {
        for (const [key, value] of Object.entries(values))
          localStorage.setItem(`amparo/${key}`, JSON.stringify(value))
        return
      }
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const opening = indexedDB.open('amparo')
      opening.onupgradeneeded = () => opening.result.createObjectStore('phone')
      const database = await done(opening)
      const store = database.transaction('phone', 'readwrite').objectStore('phone')
      for (const [key, value] of Object.entries(values)) await done(store.put(value, key))
      database.close()
    },
    [all, inLocalStorage] as const,
  )
}

/** Under one key of the page's local storage, from a page on which the app does not run. */
export const putLocal = async (page: Page, key: string, value: object): Promise<void> => {
  await page.goto('/robots.txt')
  await page.evaluate(([name, text]) => localStorage.setItem(name, text), [
    key,
    JSON.stringify(value),
  ] as const)
}

/** What the page of the first contact's invitation would have kept in this browser. */
export const keepInvitation = async (
  page: Page,
  { document, press: { vault } }: Family,
  secret = document.contacts[0]?.secret,
): Promise<void> => {
  const kept = [{ vault, contact: document.contacts[0]?.id, secret, from: document.name }]
  await putLocal(page, 'amparo/invitations', kept)
}

/** All that the app keeps on this phone, from either store. Run on any page of its origin. */
export const phoneKeeps = (page: Page): Promise<Records> =>
  page.evaluate(async () => {
    const kept: Record<string, unknown> = {}
    for (const key of Object.keys(localStorage)) kept[`local ${key}`] = localStorage.getItem(key)
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    if (!(await indexedDB.databases()).some(({ name }) => name === 'amparo')) return kept
    const database = await done(indexedDB.open('amparo'))
    const store = database.transaction('phone').objectStore('phone')
    for (const key of await done(store.getAllKeys())) kept[String(key)] = await done(store.get(key))
    database.close()
    return kept
  })

/** What opens the vault on a phone without a PIN, as the app itself opens it. */
export const ownerOn = async (page: Page): Promise<OwnerRecord> => {
  const kept = await phoneKeeps(page)
  const key = await page.evaluate(async () => (await caches.match('/device-key'))?.text())
  const { sealed } = kept.owner as Envelope
  const owner = openRecord(OwnerRecord, fromText(key ?? String(kept['device-key'])), 'owner', sealed)
  if (owner === null) throw new Error('nothing opens the vault on this phone')
  return owner
}

/** A family, its app on this page, and the button on the screen. */
export const setUp = async (
  page: Page,
  place: Place,
  options: FamilyOptions & { inLocalStorage?: boolean } = {},
): Promise<Family> => {
  const family = await makeFamily(place.origin, options)
  const records = { press: family.press, owner: family.owner, document: family.cache }
  await putRecords(page, records, options.inLocalStorage)
  await page.goto('/')
  await page.locator('.hold').waitFor()
  return family
}
