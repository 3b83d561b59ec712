import { describe, expect, test } from 'vitest'
import { makeGuard, opensBy, stretchPin, tryRequestOf } from '../../src/client/vault/guard-slots.ts'
import { newKey, random } from '../../src/client/vault/random.ts'
import { tokenHash } from '../../src/crypto/presser.ts'
import { fromText, toText } from '../../src/protocol/bytes.ts'
import { GuardSetRequest } from '../../src/protocol/guard.ts'

/** Stands for Argon2id, which has vectors of its own. */
const stretch = async ({ word }: { word: string }): Promise<Uint8Array> =>
  tokenHash(new TextEncoder().encode(word))
const ROOT = random(16)
const quiet = (): void => undefined
const hashed = (token: string): string => toText(tokenHash(fromText(token)))

const made = (duress: string | null) => makeGuard(ROOT, '493817', duress, stretch, quiet)
const slotFor = async ({ guard, request }: Awaited<ReturnType<typeof made>>, pin: string) => {
  const stretched = await stretchPin(guard, pin, stretch, quiet)
  const { device, pin: token } = tryRequestOf(guard, stretched)
  const slot = request.slots.find((one) => one.pin === hashed(token))
  return { stretched, slot, knowsPhone: hashed(device) === request.device }
}

describe('a guard', () => {
  test('opens the root by its PIN and share, nothing by its duress PIN, and by no other share anything', async () => {
    const both = await made('270465')
    for (const [pin, opens] of [['493817', ROOT] as const, ['270465', 'nothing'] as const]) {
      const { stretched, slot, knowsPhone } = await slotFor(both, pin)
      expect(knowsPhone).toBe(true)
      expect(opensBy(both.guard, stretched, slot?.share ?? '')).toEqual(opens)
      const others = both.request.slots.filter((one) => one !== slot)
      for (const { share } of [...others, { share: newKey() }])
        expect(opensBy(both.guard, stretched, share)).toBeNull()
    }
    expect((await slotFor(both, '493818')).slot).toBeUndefined()
  })

  test('with a duress PIN and one without cannot be told apart on the phone or on the wire', async () => {
    const shape = async (duress: string | null) => {
      const { guard, request } = await made(duress)
      expect(GuardSetRequest.safeParse({ ...request, token: newKey() }).success).toBe(true)
      const lengths = (value: unknown): unknown =>
        typeof value === 'string'
          ? value.length
          : Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, lengths(one)]))
      return lengths({ guard, request })
    }
    expect(await shape('270465')).toEqual(await shape(null))
  })

  test('has its slots in an order that says nothing', async () => {
    const firsts = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const one = await made('270465')
        return one.request.slots.indexOf((await slotFor(one, '493817')).slot ?? one.request.slots[1])
      }),
    )
    expect(new Set(firsts)).toEqual(new Set([0, 1]))
  })
})
