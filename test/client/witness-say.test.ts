import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Holder } from '../../src/client/witness/holder.ts'
import { coverKeyOf, openSituation, sealCover, situationKeyOf } from '../../src/crypto/situation.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import type { QueuedPress } from '../../src/queue/press-queue.ts'

/** What who presses for another writes, from the key stroke to the service's answer, across a tab that dies. */
const bytes = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length))
const [vault, presser, secret, root] = [bytes(16), bytes(16), bytes(32), bytes(32)] as const
const PRESSED_AT = 1_700_000_000_000

const holder: Holder = {
  fragment: '',
  vault: toText(vault),
  presser: toText(presser),
  coverKey: coverKeyOf(secret, vault),
  key: toText(bytes(32)),
  token: toText(bytes(32)),
}
const pressOf = (alert: string): QueuedPress => ({
  ...{ vault: holder.vault, key: holder.key, alert, practice: false, heldAt: PRESSED_AT, cancelled: false },
  state: 'received',
  answer: {
    ...{ ok: true, state: 'open', practice: false, pressedAt: PRESSED_AT, receivedAt: PRESSED_AT },
    ...{ releaseInMs: 0, heldUntil: null },
    counts: { contacts: 1, waiting: 0, sent: 1, delivered: 0, refused: 0, opened: 0, onIt: 0 },
  },
})

/** The service, as far as it is asked here. `losing`: it does what is asked, and no answer arrives. */
const service = { said: new Map<string, { n: number; sealed: string }>(), losing: false, meanwhile: () => {} }
const cover = sealCover(
  ...([secret, vault, presser, 1] as const),
  {
    v: 1,
    kind: 'person',
    name: 'Ana',
    language: 'es',
    hotline: 'x',
    situation: toText(situationKeyOf(root, vault, presser)),
  },
  bytes,
)
const answer = (path: string, body: { alert: string; after: number; sealed: string }): [number, object] => {
  if (path === ROUTES.cover) return [200, { ok: true, version: 1, sealed: toText(cover) }]
  const before = service.said.get(body.alert) ?? { n: 0, sealed: '' }
  if (before.n === body.after + 1 && before.sealed === body.sealed) return [200, { ok: true }]
  if (before.n !== body.after) return [409, { error: 'conflict', version: before.n }]
  service.said.set(body.alert, { n: before.n + 1, sealed: body.sealed })
  service.meanwhile()
  return [200, { ok: true }]
}
/** Where, as the family reads it. */
const placeOf = (alert: string): string | null | undefined =>
  openSituation(root, vault, presser, PRESSED_AT, fromText(service.said.get(alert)?.sealed ?? ''))?.place

/** The page as it is opened: nothing is left of the one before but what the tab keeps. */
const page = () => {
  vi.resetModules()
  return import('../../src/client/witness/say.ts')
}

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    const [status, said] = answer(path, JSON.parse(body))
    if (service.losing && path === ROUTES.situation) throw new TypeError('no line')
    return new Response(JSON.stringify(said), { status, headers: { 'content-type': 'application/json' } })
  })
  service.said.clear()
  service.losing = false
  service.meanwhile = () => {}
})
afterEach(() => vi.unstubAllGlobals())

describe('what a witness has written', () => {
  const alert = toText(bytes(16))

  test('is said once the service has it, also after the tab has died', async () => {
    const first = await page()
    first.readWords(alert)
    first.write(alert, { place: 'Mercado' })
    await first.say(holder, pressOf(alert))
    expect([first.said.value, placeOf(alert)]).toEqual(['said', 'Mercado'])
    const again = await page()
    again.readWords(alert)
    expect([again.said.value, again.words.value.place]).toEqual(['said', 'Mercado'])
  })

  test('and changed since is not said to be there, also after the tab has died', async () => {
    const first = await page()
    first.readWords(alert)
    first.write(alert, { place: 'Mercado' })
    await first.say(holder, pressOf(alert))
    first.write(alert, { place: 'Puente' })
    const again = await page()
    again.readWords(alert)
    expect([again.said.value, again.words.value.place, placeOf(alert)]).toEqual(['no', 'Puente', 'Mercado'])
    await again.say(holder, pressOf(alert))
    expect([again.said.value, placeOf(alert)]).toEqual(['said', 'Puente'])
  })

  test('while it was being sent is not said to be there', async () => {
    const { readWords, write, say, said } = await page()
    readWords(alert)
    write(alert, { place: 'Mercado' })
    service.meanwhile = () => write(alert, { place: 'Puente' })
    await say(holder, pressOf(alert))
    expect([said.value, placeOf(alert)]).toEqual(['no', 'Mercado'])
  })

  test('of one press says nothing of the next one', async () => {
    const next = toText(bytes(16))
    const { readWords, write, say, said, words } = await page()
    readWords(alert)
    write(alert, { place: 'Mercado' })
    service.meanwhile = () => {
      readWords(next)
      write(next, { what: 'Otra vez' })
    }
    await say(holder, pressOf(alert))
    expect([said.value, words.value.place, words.value.what]).toEqual(['no', '', 'Otra vez'])
    service.meanwhile = () => {}
    await say(holder, pressOf(next))
    expect([said.value, service.said.get(next)?.n, service.said.get(alert)?.n]).toEqual(['said', 1, 1])
  })

  test('is not said to be there while every answer is lost, and takes the place of what had arrived', async () => {
    const { readWords, write, say, said } = await page()
    readWords(alert)
    write(alert, { place: 'Mercado' })
    service.losing = true
    await say(holder, pressOf(alert))
    expect([said.value, placeOf(alert)]).toEqual(['not-sent', 'Mercado'])
    service.losing = false
    write(alert, { place: 'Puente' })
    await say(holder, pressOf(alert))
    expect([said.value, placeOf(alert)]).toEqual(['said', 'Puente'])
  })
})
