import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { DocumentContact, VaultDocument } from '../../src/protocol/vault-document.ts'

/** Without IndexedDB and the Cache API, as in Lockdown Mode. */
class Store {
  readonly values = new Map<string, string>()
  getItem(key: string): string | null {
    return this.values.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.values.set(key, value)
  }
  removeItem(key: string): void {
    this.values.delete(key)
  }
}
vi.stubGlobal('localStorage', new Store())

const { newContact, newPresser, reinvited, rolled, withContact, withEdited, withoutContact } = await import(
  '../../src/client/vault/document.ts'
)
const { NO_PLAN, sharedWith, withSection, withShares } = await import('../../src/client/vault/plan-rules.ts')
const { newId, newKey, newSecret, random } = await import('../../src/client/vault/random.ts')
const { sealCommit } = await import('../../src/client/vault/seal-commit.ts')
const { changePlan, changeVault, readPlan } = await import('../../src/client/vault/change.ts')
const { vault } = await import('../../src/client/vault/session.ts')
const { writePlanCache } = await import('../../src/client/device/records.ts')
const { openDocument } = await import('../../src/crypto/document.ts')
const { openPairedLock } = await import('../../src/crypto/locks/paired.ts')
const { openPlan, openShare, sealPlan } = await import('../../src/crypto/plan.ts')
const { vaultIdOf } = await import('../../src/crypto/root.ts')
const { fromText, toText } = await import('../../src/protocol/bytes.ts')
const { ROUTES } = await import('../../src/protocol/routes.ts')
const { CommitRequest } = await import('../../src/protocol/vault.ts')

type Commit = ReturnType<typeof CommitRequest.parse>
type StoredLetter = Commit['letters'][number] & { version: number }

/** What the service keeps of commits (`protocol.md §7.1.1`), and nothing else of it. */
class Service {
  version = 0
  document = ''
  plan: { version: number; sealed: string } | null = null
  letters = new Map<string, StoredLetter>()
  isDown = false
  asked: string[] = []

  commit(body: unknown): object {
    const { base, document, letters, keep, plan } = CommitRequest.parse(body)
    if (base !== this.version) return { error: 'conflict', version: this.version }
    this.version = base + 1
    this.document = document
    const kept = keep.map((id) => [id, this.letters.get(id)] as const)
    this.letters = new Map(
      [...kept, ...letters.map((letter) => [letter.id, { ...letter, version: this.version }] as const)].map(
        ([id, letter]) => {
          if (letter === undefined) throw new Error('kept what is not there')
          return [id, letter]
        },
      ),
    )
    if (plan !== 'keep') this.plan = plan === null ? null : { version: this.version, sealed: plan }
    return { ok: true, version: this.version }
  }

  answer(route: string, body: unknown): object {
    this.asked.push(route)
    if (route === ROUTES.commit) return this.commit(body)
    if (route === ROUTES.open) return { ok: true, version: this.version, document: this.document }
    return { ok: true, plan: this.plan }
  }
}

let service: Service
vi.stubGlobal('fetch', async (route: string, { body }: { body: string }) => {
  if (service.isDown) throw new TypeError('no line')
  const answer = service.answer(route, JSON.parse(body))
  return Response.json(answer, { status: 'error' in answer ? 409 : 200 })
})

const root = random(16)
const vaultId = vaultIdOf(root)
const person = (name: string): DocumentContact =>
  newContact({
    name,
    email: null,
    language: 'es',
    text: `Para ${name}.`,
    phrase: null,
    lock: { kind: 'paired' },
  })
const [rosa, jose] = [person('Rosa'), person('José')]
const made = (): VaultDocument => ({
  v: 1,
  name: 'Ana María',
  language: 'es',
  hotline: 'us-migrawatch',
  zone: 'America/Los_Angeles',
  situation: newKey(),
  lead: null,
  contacts: [rosa, jose],
  pressers: [newPresser('Este teléfono', 1_000)],
  former: [],
  wordsConfirmedAt: null,
  practisedAt: null,
  rolledAfter: [],
  plan: null,
})
const stretch = () => Promise.reject(new Error('no word here'))
const known = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('the scenario is not what it should be')
  return value
}

const identity = { id: 'identity', at: 1, entries: [{ 'legal-name': 'Ana María Flores' }] }
const money = { id: 'money', at: 2, entries: [{ accounts: 'Banco azul' }] }

beforeEach(async () => {
  service = new Service()
  const document = made()
  const first = await sealCommit(root, null, 0, document, stretch)
  service.commit(first.request)
  const presser = known(document.pressers[0]).id
  vault.value = { root, presser, version: 1, document: first.document, fresh: true }
  await writePlanCache({ v: 1, version: 1, sealed: '' })
})

const opened = () => known(vault.value)
const contactNow = ({ id }: DocumentContact) => known(opened().document.contacts.find((one) => one.id === id))
const letterOf = (contact: DocumentContact) => known(service.letters.get(contactNow(contact).letter.id))

/** As whoever holds the invitation: the letter key first, and with it what came with the letter. */
const letterKeyOf = (contact: DocumentContact, secret = contactNow(contact).secret): Uint8Array | null => {
  const { id, version, locks } = letterOf(contact)
  const lock = locks.find(({ kind }) => kind === 'paired')
  if (lock?.kind !== 'paired') return null
  return openPairedLock(lock, fromText(secret), vaultId, fromText(id), version)
}
const seenBy = (contact: DocumentContact): string[] | null => {
  const { id, version, share } = letterOf(contact)
  if (share === null) return null
  const opens = openShare(known(letterKeyOf(contact)), vaultId, fromText(id), version, fromText(share))
  expect(known(opens).shares).toEqual([])
  return known(opens).sections.map((section) => section.id)
}
const change = async (...made: Parameters<typeof changePlan>) => {
  const outcome = await changePlan(...made)
  expect(outcome).toMatchObject({ ok: true })
}
const changeDocument = async (...made: Parameters<typeof changeVault>) => {
  const outcome = await changeVault(...made)
  expect(outcome).toMatchObject({ ok: true })
}
const planNow = async () => {
  const outcome = await readPlan(opened())
  if (!outcome.ok) throw new Error(outcome.trouble)
  return outcome.value
}

/** Both sections, the first for Rosa, both for José. */
const filled = () =>
  change((plan) => {
    const sections = [identity, money].reduce(withSection, plan)
    return withShares(withShares(sections, 'identity', [rosa.id, jose.id]), 'money', [jose.id])
  })

describe('a plan', () => {
  test('is none at first, and none is stored for it', async () => {
    expect(await planNow()).toEqual(NO_PLAN)
    await change((plan) => plan)
    expect(service.plan).toBeNull()
  })

  test('that was changed is read again, on this phone also without a line', async () => {
    await filled()
    service.isDown = true
    expect((await planNow()).sections).toEqual([identity, money])
    await writePlanCache({ v: 1, version: 1, sealed: '' })
    expect(await readPlan(opened())).toEqual({ ok: false, trouble: 'no-line' })
  })

  test('that is on no phone is read from the service', async () => {
    await filled()
    await writePlanCache({ v: 1, version: 1, sealed: '' })
    expect((await planNow()).sections).toEqual([identity, money])
  })

  test('without a line is not changed, and is as it was', async () => {
    await filled()
    const before = await planNow()
    service.isDown = true
    expect(await changePlan((plan) => withSection(plan, { ...money, entries: [] }))).toMatchObject({
      ok: false,
      trouble: 'no-line',
    })
    expect(await planNow()).toEqual(before)
  })

  test('that has nothing in it any more is erased', async () => {
    await filled()
    await change(() => NO_PLAN)
    expect(service.plan).toBeNull()
    expect(opened().document.plan).toBeNull()
    expect(seenBy(jose)).toBeNull()
  })

  test('of which nobody is shown the section that changes seals no letter anew', async () => {
    await filled()
    const versions = [rosa, jose].map((one) => letterOf(one).version)
    await change((plan) =>
      withSection(plan, { id: 'documents', at: 3, entries: [{ where: 'La caja azul' }] }),
    )
    expect([rosa, jose].map((one) => letterOf(one).version)).toEqual(versions)
    await change((plan) => withSection(plan, { ...money, at: 4, entries: [{ pets: 'Canela' }] }))
    expect(letterOf(rosa).version).toBe(versions[0])
    expect(letterOf(jose).version).toBe(service.version)
  })
})

describe('what a contact is shown', () => {
  test('opens with that contact’s own letter, and holds those sections alone', async () => {
    await filled()
    expect(seenBy(rosa)).toEqual(['identity'])
    expect(seenBy(jose)).toEqual(['identity', 'money'])
    const { id, version, share } = letterOf(jose)
    const rosas = known(letterKeyOf(rosa))
    expect(openShare(rosas, vaultId, fromText(id), version, fromText(known(share)))).toBeNull()
  })

  test('that is taken back is on the service no more, and the letter has another key', async () => {
    await filled()
    const [before, key] = [letterOf(jose), known(letterKeyOf(jose))]
    await change((plan) => withShares(plan, 'money', []))
    expect(seenBy(jose)).toEqual(['identity'])
    const after = letterOf(jose)
    expect(after.version).toBe(service.version)
    expect(JSON.stringify([...service.letters.values()])).not.toContain(known(before.share))
    expect(letterKeyOf(jose)).not.toEqual(key)
    const [id, share] = [fromText(after.id), fromText(known(after.share))]
    expect(openShare(key, vaultId, id, after.version, share)).toBeNull()
    await change((plan) => withShares(plan, 'identity', [rosa.id]))
    expect(seenBy(jose)).toBeNull()
    expect(seenBy(rosa)).toEqual(['identity'])
  })

  test('stays readable when the keys roll after an alert, for the owner and for the contacts', async () => {
    await filled()
    const before = [rosa, jose].map((one) => letterOf(one).id)
    await changeDocument((document) => rolled(document, newPresser('Este teléfono', 2_000), [newId()]))
    expect([rosa, jose].map((one) => letterOf(one).id)).not.toEqual(before)
    expect(seenBy(rosa)).toEqual(['identity'])
    expect(seenBy(jose)).toEqual(['identity', 'money'])
    await writePlanCache({ v: 1, version: 1, sealed: '' })
    expect((await planNow()).sections).toEqual([identity, money])
  })

  test('is no contact’s who was removed, and stays what it was for the others', async () => {
    await filled()
    const gone = contactNow(jose).letter.id
    await changeDocument((document) => withoutContact(document, jose.id))
    expect(service.letters.has(gone)).toBe(false)
    expect(seenBy(rosa)).toEqual(['identity'])
    await change((plan) => withSection(plan, { ...money, at: 9, entries: [{ pets: 'Canela' }] }))
    expect(sharedWith(await planNow(), 'money')).toEqual([])
  })

  test('comes to nobody who was removed on another phone, though this one still had that page open', async () => {
    await filled()
    const drawn = contactNow(jose)
    const mine = vault.value
    await changeDocument((document) => withoutContact(document, jose.id))
    vault.value = mine
    const edit = (contact: DocumentContact) => ({ ...contact, name: 'José Luis' })
    await changeDocument((document) => withEdited(document, drawn.id, edit))
    expect(opened().document.contacts.map(({ id }) => id)).toEqual([rosa.id])
    expect([...service.letters.keys()]).toEqual([contactNow(rosa).letter.id])
  })

  test('is nothing for a contact who is added, until the owner shares it', async () => {
    await filled()
    const luz = person('Luz')
    await changeDocument((document) => withContact(document, luz))
    expect(seenBy(luz)).toBeNull()
    await change((plan) => withShares(plan, 'money', [jose.id, luz.id]))
    expect(seenBy(luz)).toEqual(['money'])
  })

  test('comes with a letter that is sealed anew for another reason, and opens with the new invitation alone', async () => {
    await filled()
    await changeDocument((document) => reinvited(document, jose.id, newSecret()))
    expect(seenBy(jose)).toEqual(['identity', 'money'])
    expect(letterKeyOf(jose, jose.secret)).toBeNull()
  })
})

describe('a plan that another phone has changed', () => {
  /** The other phone of the same owner. */
  const elsewhere = async (plan: Parameters<typeof changePlan>[0]) => {
    const mine = vault.value
    await change(plan)
    vault.value = mine
  }

  test('is changed on top of that, and neither change is lost', async () => {
    await filled()
    await elsewhere((plan) => withSection(plan, { id: 'documents', at: 3, entries: [{ where: 'La caja' }] }))
    await change((plan) => withSection(plan, { ...money, at: 4, entries: [{ pets: 'Canela' }] }))
    expect((await planNow()).sections.map(({ id }) => id).sort()).toEqual(['documents', 'identity', 'money'])
    expect(seenBy(jose)).toEqual(['identity', 'money'])
  })

  test('is read and changed also by a phone that has no copy of it', async () => {
    await filled()
    await elsewhere((plan) => withSection(plan, { ...money, at: 4, entries: [{ pets: 'Canela' }] }))
    await writePlanCache({ v: 1, version: 1, sealed: '' })
    await changeDocument((document) => ({ ...document, practisedAt: 7 }))
    expect(seenBy(jose)).toEqual(['identity', 'money'])
    expect((await planNow()).sections.map(({ id }) => id)).toEqual(['identity', 'money'])
  })
})

test('a plan that cannot be read keeps nothing else from being changed, is said to be, and is not overwritten', async () => {
  await filled()
  const damaged = {
    version: known(service.plan).version,
    sealed: toText(sealPlan(random(16), 2, NO_PLAN, random)),
  }
  service.plan = damaged
  await writePlanCache({ v: 1, version: 1, sealed: '' })
  await changeDocument((document) => ({ ...document, name: 'Ana' }))
  expect(service.plan).toEqual(damaged)
  expect(openDocument(root, service.version, fromText(service.document))?.name).toBe('Ana')
  expect(await readPlan(opened())).toEqual({ ok: false, trouble: 'unreadable' })
  expect(await changePlan((plan) => withSection(plan, money))).toEqual({ ok: false, trouble: 'unreadable' })
  expect(openPlan(root, damaged.version, fromText(damaged.sealed))).toBeNull()
})
