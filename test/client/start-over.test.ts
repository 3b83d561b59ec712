import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { openRecord } from '../../src/client/device/sealed.ts'
import { newContact, newPresser } from '../../src/client/vault/document.ts'
import { newId, newKey, newSecret, random } from '../../src/client/vault/random.ts'
import { tokenHash } from '../../src/crypto/presser.ts'
import { phoneKeyOf, vaultIdOf } from '../../src/crypto/root.ts'
import { toText } from '../../src/protocol/bytes.ts'
import type { VaultDocument } from '../../src/protocol/vault-document.ts'
import type { QueuedPress } from '../../src/queue/press-queue.ts'
import {
  after,
  dieAfter,
  isDead,
  line,
  load,
  save,
  steps,
  stubWorld,
  type World,
  world,
} from './start-over-world.ts'

// Argon2id is another test's, and takes a second each time.
vi.mock('../../src/client/vault/stretch.ts', () => ({
  stretch: async ({ word, secret }: { word: string; secret: Uint8Array }) =>
    tokenHash(new Uint8Array([...new TextEncoder().encode(word), ...secret])),
}))

const [OLD_PIN, NEW_PIN] = ['258036', '741963']
const root = random(16)
const old = toText(vaultIdOf(root))
const presser = newPresser('This phone', 1)
const contactNamed = (name: string) => ({
  ...newContact({
    ...{ name, email: `${name}@example.org`, language: 'en', text: `For ${name}.`, phrase: null },
    lock: { kind: 'word', word: 'jacaranda', hint: null },
  }),
  answer: { n: 1, at: 1 },
})
const document: VaultDocument = {
  ...{ v: 1, name: 'Ana', language: 'en', hotline: 'us-migrawatch', zone: 'UTC', situation: newKey() },
  contacts: [contactNamed('Rosa'), contactNamed('Jose')],
  pressers: [
    presser,
    { id: newId(), kind: 'card', secret: newSecret(), label: 'Wallet', delayMs: 0, addedAt: 1 },
  ],
  ...{ lead: null, former: [], wordsConfirmedAt: 1, practisedAt: 1, rolledAfter: [], plan: null },
}

/** The app, opened anew: nothing is left of it but what the phone has stored. */
const openApp = async () => {
  vi.resetModules()
  const [
    session,
    owner,
    locked,
    pin,
    start,
    begin,
    move,
    note,
    records,
    device,
    vaultBegin,
    clear,
    change,
    numbers,
  ] = await Promise.all([
    import('../../src/client/vault/session.ts'),
    import('../../src/client/device/owner.ts'),
    import('../../src/client/device/locked.ts'),
    import('../../src/client/vault/pin.ts'),
    import('../../src/queue/press-queue.ts'),
    import('../../src/client/start-over/begin.ts'),
    import('../../src/client/start-over/move.ts'),
    import('../../src/client/device/move-note.ts'),
    import('../../src/client/device/records.ts'),
    import('../../src/client/device/phone.ts'),
    import('../../src/client/vault/begin.ts'),
    import('../../src/client/press/send-all-clear.ts'),
    import('../../src/client/vault/change.ts'),
    import('../../src/client/device/numbers.ts'),
  ])
  await owner.readEnvelope()
  const found = await records.readPress()
  if (found.kind === 'record') records.press.value = found.record
  const first = { session, change, owner, locked, pin, queue: start }
  return { ...first, begin, move, note, records, device, vaultBegin, clear, numbers }
}
type App = Awaited<ReturnType<typeof openApp>>

/** With whichever of the PINs opens it, as a person would. */
const unlock = async ({ locked, pin }: App): Promise<string | null> => {
  if (!locked.pinSet.value || locked.unlocked.value !== null) return null
  for (const digits of [OLD_PIN, NEW_PIN]) {
    const tried = await pin.tryPin(digits, () => undefined)
    if (tried.kind !== 'root') continue
    pin.openWith(tried.root)
    return digits
  }
  throw new Error('no PIN opens it')
}

const press = async ({ queue, records, device }: App): Promise<string> => {
  const found = await records.readPress()
  if (found.kind !== 'record') return 'no button'
  const { vault, key } = found.record
  const held: QueuedPress = {
    ...{ vault, key, alert: newId(), practice: false, heldAt: 1, cancelled: false },
    ...{ state: 'waiting', answer: null },
  }
  return (await queue.sendAnyhow(await device.phone(), held, 2)).state
}

const start = async (app: App, hasPin: boolean) => {
  await unlock(app)
  const opened = await app.begin.mayBegin()
  if (!opened.ok) return opened
  await app.begin.newWords(opened.value)
  const begun = await app.begin.begin('This phone', 5)
  if (!begun.ok) return begun
  return app.move.goOn(hasPin ? { pin: NEW_PIN, duress: null } : null)
}
/** What the next opening does by itself, and then what the person does. */
const goOnUntilEnded = async (hasPin: boolean): Promise<void> => {
  const app = await openApp()
  await unlock(app)
  const first = await app.move.goOn(null)
  if (first.ok && first.value === 'nothing') {
    expect(await start(app, hasPin)).toEqual({ ok: true, value: 'ended' })
    return
  }
  if (first.ok && first.value === 'needs-pin')
    expect(await app.move.goOn({ pin: NEW_PIN, duress: null })).toEqual({ ok: true, value: 'ended' })
  else expect(first).toEqual({ ok: true, value: 'ended' })
}

const expectMoved = async (hasPin: boolean): Promise<void> => {
  const app = await openApp()
  expect(await unlock(app)).toBe(hasPin ? NEW_PIN : null)
  const opened = await app.session.openVault()
  if (!opened.ok) throw new Error(opened.trouble)
  const [vault] = Object.keys(world.service.vaults)
  expect([Object.keys(world.service.vaults), world.service.ended]).toEqual([[vault], [old]])
  expect(toText(vaultIdOf(opened.value.root))).toBe(vault)
  const moved = opened.value.document
  expect(moved.contacts.map(({ name, letter }) => [name, letter.text])).toEqual([
    ...[
      ['Rosa', 'For Rosa.'],
      ['Jose', 'For Jose.'],
    ],
  ])
  expect(moved.pressers.map(({ kind, label }) => [kind, label])).toEqual([['phone', 'This phone']])
  expect(moved.wordsConfirmedAt).toBe(5)
  const found = await app.records.readPress()
  expect(found.kind === 'record' && found.record.vault).toBe(vault)
  // Whoever has a number on this phone still has it, under the new id.
  await app.numbers.keepNumbersOf(moved.contacts.map(({ id }) => id))
  const [rosa] = moved.contacts
  expect(await app.numbers.readNumbers()).toEqual([{ contact: rosa?.id, number: '4085550100' }])
  expect(await press(app)).toBe('received')
  const note = await app.note.readMoveNow()
  expect([note?.step, note?.from, note?.left?.cards]).toEqual(['ended', null, ['Wallet']])
}

/** All that was ever stored on the phone and opens under this key. */
const openedBy = (key: Uint8Array): string[] => {
  const names = ['owner', 'move', 'move-document', 'move-plan', 'draft', 'edit', 'plan-draft', 'handed']
  const texts = world.trail.flatMap((stored) => stored.match(/[\w-]{40,}/g) ?? [])
  return texts.flatMap((text) =>
    names.flatMap((name) => {
      const opened = openRecord(z.unknown(), key, name, text)
      return opened === null ? [] : [JSON.stringify(opened)]
    }),
  )
}

let without: World
let withPin: World
beforeAll(async () => {
  stubWorld()
  const app = await openApp()
  const made = await app.vaultBegin.beginVault(root, presser.id, document, null, () => undefined)
  expect(made.ok).toBe(true)
  expect(await app.numbers.keepNumber(document.contacts[0]!.id, '4085550100')).toBe(true)
  without = save()
  expect((await app.pin.setPin(OLD_PIN, null, () => undefined)).ok).toBe(true)
  withPin = save()
})
afterAll(() => vi.unstubAllGlobals())

describe.each([
  ['on a phone without a PIN', false],
  ['on a phone with a PIN', true],
])('starting over %s', (_, hasPin) => {
  const fresh = (): void => {
    load(hasPin ? withPin : without)
    dieAfter()
    line.up = true
    after.alerts = null
  }

  test('moves everything, ends the old vault, and the old PIN opens nothing', async () => {
    fresh()
    expect(await start(await openApp(), hasPin)).toEqual({ ok: true, value: 'ended' })
    await expectMoved(hasPin)
  })

  test('leaves nothing on the phone, whenever it was written, that opens with the old words and holds what is new', async () => {
    fresh()
    const app = await openApp()
    expect(await start(app, hasPin)).toEqual({ ok: true, value: 'ended' })
    const note = await app.note.readMoveNow()
    const now = app.session.vault.value?.document
    if (note === null || now === undefined) throw new Error('nothing has moved')
    expect(Object.keys(world.files)).not.toContain('move-key')
    const secrets = [note.root, now.situation, ...now.pressers.map(({ secret }) => secret)]
    const found = openedBy(phoneKeyOf(root)).filter((text) => secrets.some((one) => text.includes(one)))
    expect(found).toEqual([])
  })

  test('may die at any step: the button presses, and the next opening goes on to the end', async () => {
    for (let at = 0; ; at += 1) {
      fresh()
      const app = await openApp()
      await unlock(app)
      dieAfter(at)
      await start(app, hasPin).catch(() => undefined)
      const died = isDead()
      dieAfter()
      expect([at, await press(await openApp())]).toEqual([at, 'received'])
      if (!died) break
      await goOnUntilEnded(hasPin)
      await expectMoved(hasPin)
    }
    expect(steps).toBeGreaterThan(0)
  }, 240_000)

  test('without a line changes nothing, and says so', async () => {
    fresh()
    line.up = false
    const app = await openApp()
    if (hasPin) app.pin.openWith(root)
    expect(await start(app, hasPin)).toMatchObject({ ok: false, trouble: 'no-line' })
    line.up = true
    expect(await press(await openApp())).toBe('received')
    expect(Object.keys(world.service.vaults)).toEqual([old])
  })

  test('does not begin while an alert is open, and ends nothing while one is', async () => {
    fresh()
    world.service.vaults[old]!.alert = newId()
    const busy = { ok: false, trouble: 'refused', code: 'open-alert' }
    expect(await start(await openApp(), hasPin)).toEqual(busy)
    world.service.vaults[old]!.alert = null
    const app = await openApp()
    await unlock(app)
    const opened = await app.begin.mayBegin()
    if (!opened.ok) throw new Error(opened.trouble)
    await app.begin.newWords(opened.value)
    expect((await app.begin.begin('This phone', 5)).ok).toBe(true)
    // A card presses in this moment.
    world.service.vaults[old]!.alert = newId()
    const pin = hasPin ? { pin: NEW_PIN, duress: null } : null
    expect(await app.move.goOn(pin)).toEqual(busy)
    const found = await app.records.readPress()
    expect(found.kind === 'record' && found.record.vault).toBe(old)
    expect(await app.session.openVault()).toMatchObject({ ok: true })
    world.service.vaults[old]!.alert = null
    expect(await app.move.goOn(pin)).toEqual({ ok: true, value: 'ended' })
    await expectMoved(hasPin)
  })

  /** All is written down; nothing is sent yet. */
  const begun = async (): Promise<App> => {
    const app = await openApp()
    await unlock(app)
    const opened = await app.begin.mayBegin()
    if (!opened.ok) throw new Error(opened.trouble)
    await app.begin.newWords(opened.value)
    expect((await app.begin.begin('This phone', 5)).ok).toBe(true)
    return app
  }
  const newPin = hasPin ? { pin: NEW_PIN, duress: null } : null
  /** A phone with a PIN looks before it makes the new one, too. */
  const afterLastLook = (happens: () => Promise<void>): void => {
    let looks = hasPin ? 2 : 1
    after.alerts = async () => {
      looks -= 1
      if (looks > 0) return
      after.alerts = null
      await happens()
    }
  }
  const openAlert = { ok: false, trouble: 'refused', code: 'open-alert' }

  test('waits where the button is pressed after the last look: that alert needs the old keys', async () => {
    fresh()
    const app = await begun()
    afterLastLook(async () => {
      const found = await app.records.readPress()
      if (found.kind !== 'record') throw new Error('no button')
      const { vault, key } = found.record
      await app.queue.storePress(await app.device.phone(), {
        ...{ vault, key, alert: newId(), practice: false, heldAt: 1, cancelled: false },
        ...{ state: 'waiting', answer: null },
      })
    })
    expect(await app.move.goOn(newPin)).toEqual(openAlert)
    const found = await app.records.readPress()
    expect(found.kind === 'record' && found.record.vault).toBe(old)
    expect(await app.move.goOn(newPin)).toEqual({ ok: true, value: 'ended' })
    await expectMoved(hasPin)
  })

  test('gives the all-clear for an alert of a card that came in the last moment, and then ends', async () => {
    fresh()
    const app = await begun()
    const alert = newId()
    afterLastLook(async () => {
      world.service.vaults[old]!.alert = alert
    })
    expect(await app.move.goOn(newPin)).toEqual(openAlert)
    // On a phone with a PIN, what the PIN has just opened.
    expect(await app.clear.sendAllClear(alert, app.locked.unlocked.value)).toBe(true)
    expect(world.service.vaults[old]!.alert).toBeNull()
    expect(await app.move.goOn(null)).toEqual({ ok: true, value: 'ended' })
    await expectMoved(hasPin)
  })

  test('shows the same new words until it has begun', async () => {
    fresh()
    const [first, second] = [await openApp(), await openApp()]
    const roots: string[] = []
    for (const app of [first, second]) {
      await unlock(app)
      const opened = await app.begin.mayBegin()
      if (opened.ok) roots.push((await app.begin.newWords(opened.value)).root)
    }
    expect(roots).toHaveLength(2)
    expect(roots[0]).toBe(roots[1])
    expect(roots[0]).not.toBe(toText(root))
    // Nothing has begun: nothing goes on by itself.
    expect(await second.move.goOn(null)).toEqual({ ok: true, value: 'nothing' })
  })

  test('a page that was open meanwhile does not bring the old keys back', async () => {
    fresh()
    const other = await openApp()
    await unlock(other)
    expect((await other.session.openVault()).ok).toBe(true)
    world.service.vaults[old]!.alert = null
    const saved = world.service.vaults[old]!
    expect(await start(await openApp(), hasPin)).toEqual({ ok: true, value: 'ended' })
    // Even if the service still had the old vault.
    world.service.vaults[old] = saved
    await other.change.changeVault((now) => ({ ...now, name: 'Eva' }))
    delete world.service.vaults[old]
    await expectMoved(hasPin)
  })

  test('takes no change once it has begun: it would be called stored, and not move along', async () => {
    fresh()
    const app = await begun()
    const before = world.service.vaults[old]?.document
    expect(await app.change.changeVault((now) => ({ ...now, contacts: [] }))).toEqual({
      ok: false,
      trouble: 'moving',
    })
    expect(world.service.vaults[old]?.document).toBe(before)
    // Its own keys go on rolling while it waits.
    expect((await app.change.changeKeys((now) => ({ ...now, rolledAfter: [newId()] }))).ok).toBe(true)
    expect(await app.move.goOn(newPin)).toEqual({ ok: true, value: 'ended' })
    await expectMoved(hasPin)
  })

  test('is off where the old words are typed in before the phone has gone over: the old vault can be changed again', async () => {
    fresh()
    await begun()
    const app = await openApp()
    const { restoreVault } = await import('../../src/client/vault/restore.ts')
    expect((await restoreVault(root, 'This phone')).ok).toBe(true)
    expect((await app.change.changeVault((now) => ({ ...now, name: 'Eva' }))).ok).toBe(true)
    expect(await app.move.goOn(newPin)).toEqual({ ok: true, value: 'nothing' })
    expect(await press(await openApp())).toBe('received')
  })

  test('where she was told of presses, that is on the list of what to do again', async () => {
    fresh()
    world.service.vaults[old]!.told = ['https://updates.push.services.mozilla.com/wpush/v2/abc']
    expect(await start(await openApp(), hasPin)).toEqual({ ok: true, value: 'ended' })
    const app = await openApp()
    await unlock(app)
    expect((await app.note.readMoveNow())?.left?.told).toBe(true)
  })

  test('who has left moves without an address, and is named', async () => {
    fresh()
    world.service.vaults[old]!.left = [document.contacts[1]!.id]
    const app = await openApp()
    expect(await start(app, hasPin)).toEqual({ ok: true, value: 'ended' })
    const moved = app.session.vault.value?.document.contacts
    expect(moved?.map(({ email }) => email)).toEqual(['Rosa@example.org', null])
    expect((await app.note.readMoveNow())?.left?.departed).toEqual(['Jose'])
  })
})

test('a press that was stored under the old vault goes out under the new one', async () => {
  load(without)
  dieAfter()
  const before = await openApp()
  const found = await before.records.readPress()
  if (found.kind !== 'record') throw new Error('no button')
  expect(await start(before, false)).toEqual({ ok: true, value: 'ended' })
  const app = await openApp()
  const storage = await app.device.phone()
  const { vault, key } = found.record
  await app.queue.storePress(storage, {
    ...{ vault, key, alert: newId(), practice: false, heldAt: 1, cancelled: false },
    ...{ state: 'waiting', answer: null },
  })
  expect(await app.queue.flush(storage, () => 2)).toBe(0)
  const [sent] = await app.queue.queuedPresses(storage)
  expect([sent?.state, sent?.vault]).toEqual(['received', Object.keys(world.service.vaults)[0]])
})
