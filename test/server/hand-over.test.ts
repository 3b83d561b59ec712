import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { handOverTokenOf, openHandOver, sealHandOver } from '../../src/crypto/hand-over.ts'
import { tokenHash } from '../../src/crypto/presser.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { HAND_OVER_MS } from '../../src/protocol/limits.ts'
import { ask, committed, done } from './api.ts'
import { type Family, random } from './family.ts'
import { dump, evict, pass, startClock, stopClock, vaultOf } from './time.ts'

/** Both phones of one hand-over. */
const offered = async (family: Family) => {
  const hand = { secret: random(16), vault: fromText(family.vault), id: random(16) }
  const owner = { vault: family.vault, token: family.token, id: toText(hand.id) }
  const token = toText(handOverTokenOf(hand))
  const offer = { ...owner, hash: toText(tokenHash(fromText(token))) }
  await done('handOffer', offer)
  const question = (nonce: Uint8Array) => ({
    ...{ vault: family.vault, id: toText(hand.id), token },
    nonce: toText(nonce),
  })
  const give = (nonce: Uint8Array) => ({
    ...owner,
    nonce: toText(nonce),
    sealed: toText(sealHandOver(hand, nonce, { v: 1, root: toText(family.root), pin: true }, random)),
  })
  return { hand, owner, offer, question, give }
}

const errorOf = ({ body }: { body: Record<string, unknown> }) => body.error

beforeEach(stopClock)
afterEach(startClock)

describe('a hand-over', () => {
  test('gives the phone that asked first what was sealed for it, and nothing before', async () => {
    const family = await committed()
    const { hand, owner, question, give } = await offered(family)
    const nonce = random(16)
    expect(await done('handLook', owner)).toEqual({ ok: true, state: 'open', nonce: null })
    expect(await done('handTake', question(nonce))).toEqual({ ok: true, sealed: null })
    expect(await done('handLook', owner)).toEqual({ ok: true, state: 'asked', nonce: toText(nonce) })
    await done('handGive', give(nonce))
    const { sealed } = await done('handTake', question(nonce))
    expect(openHandOver(hand, nonce, fromText(String(sealed)))?.root).toBe(toText(family.root))
    expect(openHandOver(hand, random(16), fromText(String(sealed)))).toBeNull()
    expect((await done('handTake', question(nonce))).sealed).toBe(sealed)
    await done('handTaken', question(nonce))
    await done('handTaken', question(nonce))
    expect(await done('handLook', owner)).toMatchObject({ state: 'taken' })
    expect(errorOf(await ask('handTake', question(nonce)))).toBe('unknown')
  })

  test('of which a picture was taken answers the second phone as if there were none', async () => {
    const { owner, question, give } = await offered(await committed())
    const [first, second] = [random(16), random(16)]
    await done('handTake', question(first))
    const none = await ask('handTake', { ...question(second), id: toText(random(16)) })
    const late = await ask('handTake', question(second))
    expect([late.status, late.text]).toEqual([none.status, none.text])
    expect(errorOf(await ask('handGive', give(second)))).toBe('conflict')
    await done('handGive', give(first))
    expect(errorOf(await ask('handTake', question(second)))).toBe('unknown')
    expect(errorOf(await ask('handTaken', question(second)))).toBe('unknown')
    expect(await done('handLook', owner)).toMatchObject({ state: 'given' })
  })

  test('is asked for by its token, and given by the owner alone', async () => {
    const { owner, offer, question, give } = await offered(await committed())
    const nonce = random(16)
    expect(errorOf(await ask('handTake', { ...question(nonce), token: toText(random(32)) }))).toBe('unknown')
    expect(await done('handLook', owner)).toMatchObject({ state: 'open' })
    await done('handTake', question(nonce))
    const stranger = { token: toText(random(32)) }
    for (const [route, body] of [
      ['handOffer', offer],
      ['handLook', owner],
      ['handGive', give(nonce)],
      ['handEnd', owner],
    ] as const)
      expect(errorOf(await ask(route, { ...body, ...stranger }))).toBe('unknown')
    expect(await done('handLook', owner)).toMatchObject({ state: 'asked' })
  })

  test('ends after its time, with the next one, and by its owner', async () => {
    const family = await committed()
    const first = await offered(family)
    await done('handOffer', first.offer)
    expect(await done('handLook', first.owner)).toMatchObject({ state: 'open' })
    const second = await offered(family)
    expect(errorOf(await ask('handLook', first.owner))).toBe('unknown')
    await done('handEnd', second.owner)
    expect(errorOf(await ask('handTake', second.question(random(16))))).toBe('unknown')
    const third = await offered(family)
    await pass(family, HAND_OVER_MS)
    expect(errorOf(await ask('handTake', third.question(random(16))))).toBe('unknown')
  })

  test('stands in no storage, and is gone with the object’s memory', async () => {
    const family = await committed()
    const before = JSON.stringify(await dump(vaultOf(family)))
    const { owner, question, give } = await offered(family)
    const nonce = random(16)
    await done('handTake', question(nonce))
    await done('handGive', give(nonce))
    expect(JSON.stringify(await dump(vaultOf(family)))).toBe(before)
    await evict(vaultOf(family))
    expect(errorOf(await ask('handLook', owner))).toBe('unknown')
  })
})
