import { describe, expect, test } from 'vitest'
import { boundMs, type Raid, simulateRaid } from '../../bench/mailroom/raid.ts'
import { realRaid } from '../../bench/mailroom/real-raid.ts'

describe('a raid', () => {
  /** Virtual time: these are no times of this machine. */
  test('takes no longer than a fifth more than the provider’s rate allows, and the first messages go at once', async () => {
    const raid: Raid = { presses: 2_000, contacts: 5, overMs: 12_000, perSecond: 5, seed: 3 }
    const { accepted, waited, requests } = await simulateRaid(raid)
    expect(accepted).toHaveLength(10_000)
    expect(accepted.at(-1)).toBeLessThanOrEqual(1.2 * boundMs(raid))
    expect(accepted[0]).toBeLessThanOrEqual(120)
    expect(waited.at(-1)).toBeLessThanOrEqual(1.2 * boundMs(raid))
    expect(requests).toBeLessThan(150)
  })

  test('on the real Worker: every message is accepted exactly once, many in one request', async () => {
    const raid: Raid = { presses: 60, contacts: 5, overMs: 0, perSecond: 5, seed: 1 }
    const { accepted, requests, pressed } = await realRaid(raid)
    expect(accepted).toHaveLength(300)
    expect(pressed).toHaveLength(60)
    expect(requests).toBeLessThan(60)
  }, 300_000)
})
