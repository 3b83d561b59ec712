import { beforeAll, describe, expect, test } from 'vitest'
import { fromText } from '../../src/protocol/bytes.ts'
import { cellOf, searched } from './cells.ts'
import { DRILL_STAGES, type DrillLife, type DrillStage, liveDrill } from './drill-life.ts'
import { tellsGuesses } from './opening.ts'
import { haystackOf, holds, type Needle } from './search.ts'
import { tableOf } from './table.ts'

/** What could be handed over of a drill: what is found at each stage is what docs/threat-model.md says, neither more nor less. */
let life: DrillLife
beforeAll(async () => {
  life = await liveDrill()
}, 240_000)

const seenAt = (stage: DrillStage) => {
  const seen = life.seen.get(stage)
  if (seen === undefined) throw new Error(`nobody looked at "${stage}"`)
  return seen
}

const things = (): Record<string, Needle[]> => {
  const secrets = life.practice.flatMap(({ secret }) => (secret === null ? [] : [fromText(secret)]))
  return {
    ...life.secrets.things,
    'practice letters’ ids': life.practice.map(({ id }) => fromText(id)),
    'practice letters’ link secrets': secrets,
    'practice letters’ gate token': [life.gateToken],
  }
}

const GUESSES = 'a test for guesses of the family word'

describe('what could be handed over of a drill', () => {
  test('is at every stage what the threat model says, neither more nor less', async () => {
    const { columns, rows } = await tableOf('What a drill holds when')
    expect(columns).toEqual([...DRILL_STAGES])
    const actual: Record<string, string[]> = {}
    for (const stage of DRILL_STAGES) {
      const found = searched(seenAt(stage))
      for (const [name, needles] of Object.entries(things())) {
        const cell = [...new Set(needles.map((needle) => cellOf(found, needle)))].join(' / ')
        actual[name] = [...(actual[name] ?? []), cell]
      }
      const secret = actual['practice letters’ link secrets']?.at(-1) ?? 'nobody looked'
      const tells = tellsGuesses(seenAt(stage).disk, life.gateToken) && secret !== '—'
      actual[GUESSES] = [
        ...(actual[GUESSES] ?? []),
        tells ? (secret === 'mail' ? 'opened with mail' : 'opened') : '—',
      ]
    }
    // What is the same at all stages and in no place needs no row.
    const told = Object.fromEntries(
      Object.entries(actual).filter(([name, cells]) => name in rows || cells.some((cell) => cell !== '—')),
    )
    expect(told).toEqual(rows)
  })

  test('opens no real letter, nor says anything of one, for who has all of it, the mails and the server’s disk', () => {
    const never = [
      'link secrets',
      'letters’ ids',
      'letter key, lock `link`',
      'letter and code phrase, lock `link`',
      'letter key, lock `word`',
      'letter and code phrase, lock `word`',
      'situation root',
    ]
    for (const stage of DRILL_STAGES) {
      const found = searched(seenAt(stage))
      const all = [found.opened, found.openedWithMail, found.places.mail]
      for (const name of never) {
        for (const needle of things()[name] ?? []) {
          const hay = name === 'letters’ ids' ? [found.places.mail] : all
          expect([stage, name, hay.some((one) => holds(one, needle))]).toEqual([stage, name, false])
        }
      }
    }
    expect(life.messages).toHaveLength(2)
    for (const message of life.messages) expect(message).toMatch(/^(?:PRÁCTICA|PRACTICE)/)
    // Else this looks at nothing.
    const mail = haystackOf(life.messages)
    for (const { secret } of life.practice) expect(holds(mail, fromText(secret ?? ''))).toBe(true)
  })
})
