import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Alert, Press, State } from '../../src/server/vault/alert-state.ts'
import { judgeDrill, nextDrillAt, notDrilled } from '../../src/server/vault/drill-rules.ts'

const WEEK_MS = 7 * 86_400_000
const QUIET: State = { presses: [], alerts: [] }
const press = (changes: Partial<Press>): Press => ({
  id: 'a',
  practice: false,
  receivedAt: 0,
  pressedAt: 0,
  releaseAt: 0,
  stage: 'counting',
  alert: null,
  wave: null,
  ...changes,
})
const alert = (stage: Alert['stage']): Alert => ({
  id: 'a',
  pressedAt: 0,
  openedAt: 0,
  stage,
  closedAt: null,
  waves: 1,
  lastWaveAt: 0,
  ...{ repeats: 0, owedAt: null, onIt: 0, unopened: 0 },
})

describe('a drill', () => {
  test('may start twice in any seven days, whatever the times of the others', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 * WEEK_MS }), { maxLength: 40 }), (tries) => {
        const starts: number[] = []
        for (const now of tries.sort((a, b) => a - b)) {
          const judged = judgeDrill(QUIET, starts, now)
          const next = nextDrillAt(starts, now)
          expect(judged.kind === 'go').toBe(next === null)
          if (judged.kind === 'go') starts.push(now)
          else expect(judgeDrill(QUIET, starts, next ?? 0).kind).toBe('go')
        }
        for (const at of starts)
          expect(starts.filter((one) => one > at - WEEK_MS && one <= at).length).toBeLessThanOrEqual(2)
      }),
    )
  })

  test('says a wait that a refusal can carry', () => {
    expect(judgeDrill(QUIET, [1, 2], 3)).toEqual({ kind: 'slow-down', waitMs: 86_400_000 })
  })

  test('does not start while anything real is under way, and is not held up by what is over or practice', () => {
    expect(judgeDrill({ ...QUIET, alerts: [alert('open')] }, [], 0).kind).toBe('open-alert')
    for (const stage of ['counting', 'queued'] as const)
      expect(judgeDrill({ ...QUIET, presses: [press({ stage })] }, [], 0).kind).toBe('open-alert')
    for (const stage of ['cleared', 'expired'] as const)
      expect(judgeDrill({ ...QUIET, alerts: [alert(stage)] }, [], 0).kind).toBe('go')
    const over = [press({ practice: true }), press({ id: 'b', stage: 'cancelled' })]
    expect(judgeDrill({ ...QUIET, presses: over }, [], 0).kind).toBe('go')
  })
})

describe('who is written to for practice', () => {
  test.each([
    ['nobody whom the vault does not know', undefined, 1, 'not-accepted'],
    ['nobody who has not accepted', { acceptedAt: null, leftAt: null }, 1, 'not-accepted'],
    ['nobody who has left', { acceptedAt: 1, leftAt: 2 }, 1, 'stopped'],
    ['nobody who left without accepting', { acceptedAt: null, leftAt: 2 }, 1, 'stopped'],
    ['nobody without an address', { acceptedAt: 1, leftAt: null }, 0, 'no-address'],
    ['who has accepted and can be reached', { acceptedAt: 1, leftAt: null }, 1, null],
  ] as const)('%s', (_, contact, channels, reason) => {
    expect(notDrilled(contact, channels)).toBe(reason)
  })
})
