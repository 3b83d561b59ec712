import { beforeAll, describe, expect, test } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { toText } from '../../src/protocol/bytes.ts'
import { cellOf, searched } from './cells.ts'
import type { Secrets } from './family.ts'
import { type Life, live, NETWORK, type Seen, STAGES, type Stage } from './life.ts'
import { openAll, tellsAddress, tellsGuesses } from './opening.ts'
import { haystackOf, holds, type Needle } from './search.ts'
import { tableOf } from './table.ts'

/**
 * What could be handed over: at each stage of one family's life all that is on the server's disk and all that the provider was sent is
 * searched, and what is found is what docs/threat-model.md says, neither more nor less.
 */
const GUESSES = 'a test for guesses of the family word'
const ADDRESSES = 'a test for guesses of an address'
const CONFIRMED_ADDRESSES = 'a test for guesses of a confirmed address'

let life: Life
beforeAll(async () => {
  life = await live()
}, 240_000)

const seenAt = (stage: Stage): Seen => {
  const seen = life.seen.get(stage)
  if (seen === undefined) throw new Error(`nobody looked at "${stage}"`)
  return seen
}

const thingsAt = (stage: Stage, { things }: Secrets): Record<string, Needle[]> => {
  const { press: alert, messages, texts } = seenAt(stage)
  return {
    ...things,
    'press’s id': [alert],
    'provider’s ids of the messages': messages,
    'text provider’s ids of the messages': texts,
    'network address of who asks': [NETWORK],
  }
}

/** A guess is tested with the link secret and what the gate compares with: so from wherever the link secret is. */
const canGuess = (secret: string): string => {
  if (secret === '—') return '—'
  return secret === 'mail' ? 'opened with mail' : 'opened'
}

const columnOf = (stage: Stage, of: Secrets): Record<string, string> => {
  const found = searched(seenAt(stage))
  const cells = Object.entries(thingsAt(stage, of)).map(([name, needles]): [string, string] => [
    name,
    [...new Set(needles.map((needle) => cellOf(found, needle)))].join(' / ') || '—',
  ])
  const { disk } = seenAt(stage)
  const all = Object.fromEntries(cells)
  const tellsEach = (name: string): string =>
    (of.things[name] ?? ['nobody looked']).every((one) => tellsAddress(disk, String(one))) ? 'mailroom' : '—'
  return {
    ...all,
    [GUESSES]: tellsGuesses(disk, of.gateToken) ? canGuess(all['link secrets'] ?? 'nobody looked') : '—',
    [ADDRESSES]: tellsEach('contacts’ e-mail addresses'),
    [CONFIRMED_ADDRESSES]: tellsEach('addresses that contacts confirmed'),
  }
}

describe('what could be handed over', () => {
  test('is searched by somebody who opens what can be opened', () => {
    const { disk } = seenAt('set up')
    const opened = (...keys: Uint8Array[]) => haystackOf(openAll(disk, keys.map(toText)))
    const thing = (name: string): Needle[] => life.secrets.things[name] ?? []
    const all = opened(life.root)
    for (const name of [
      'P',
      'contacts’ e-mail addresses',
      'family word, stretched word',
      'link secrets',
      'roster key',
    ])
      expect([name, holds(all, thing(name)[0] ?? '')]).toEqual([name, true])
    const [letterKey] = thing('letter key, lock `word`') as Uint8Array[]
    const [text] = thing('letter and code phrase, lock `word`')
    expect(holds(opened(letterKey as Uint8Array), text ?? '')).toBe(true)
    const [secret] = thing('contacts’ secrets, join tokens') as Uint8Array[]
    const answered = haystackOf(openAll(seenAt('accepted').disk, [toText(secret as Uint8Array)]))
    for (const name of ['contact’s name, lock `word`', 'addresses that contacts confirmed', 'stop tokens'])
      expect([name, holds(answered, thing(name)[0] ?? '')]).toEqual([name, true])
    expect(holds(answered, text ?? '')).toBe(true)
    expect(holds(opened(life.secrets.pressKey), 'eusebio+work@example.org')).toBe(true)
    expect(holds(opened(random(16), random(32)), text ?? '')).toBe(false)
  })

  test('is at every stage what the threat model says, neither more nor less', async () => {
    const { columns, rows } = await tableOf('What is held when')
    expect(columns).toEqual([...STAGES])
    const actual: Record<string, string[]> = {}
    for (const stage of STAGES) {
      for (const [name, cell] of Object.entries(columnOf(stage, life.secrets)))
        actual[name] = [...(actual[name] ?? []), cell]
    }
    expect(actual).toEqual(rows)
  })

  test('after rolling, what was rolled is held like that of a vault that nobody ever pressed for', () => {
    const rolling = ['link secrets', 'roster key', 'press key', 'P', 'gate tokens', 'receipt tokens', GUESSES]
    const letters = [
      'letter key, lock `link`',
      'letter and code phrase, lock `link`',
      'hint',
      'situation root',
    ]
    const [fresh, old] = [columnOf('rolled', life.next), columnOf('set up', life.secrets)]
    for (const name of [...rolling, ...letters]) {
      expect(fresh, name).toHaveProperty([name])
      expect([name, fresh[name]]).toEqual([name, old[name]])
    }
  })

  test('what is erased may stay in the files for a while, and what was never held never stands there', () => {
    const everHeld = new Set<string>()
    for (const stage of STAGES) {
      for (const [name, cell] of Object.entries(columnOf(stage, life.secrets))) {
        if (/\b(?:kv|vault|mailroom|texts|platform)\b/.test(cell)) everHeld.add(name)
      }
    }
    const files = STAGES.map((stage) => haystackOf(seenAt(stage).disk.files))
    const standing = Object.entries(life.secrets.things).filter(([, needles]) =>
      needles.some((needle) => files.some((file) => holds(file, needle))),
    )
    expect(standing.map(([name]) => name).filter((name) => !everHeld.has(name))).toEqual([])
    // Else the search of files looks at nothing.
    expect(standing.map(([name]) => name)).toContain('roster key')
  })

  test('what the Worker logs is names of events, and no id, no address, no URL', () => {
    const { output } = life
    expect(output).toContain('{"event":"mail-accepted"')
    const log = haystackOf([output])
    for (const stage of STAGES) {
      for (const [name, needles] of Object.entries(thingsAt(stage, life.secrets))) {
        for (const needle of needles) expect([name, holds(log, needle)]).toEqual([name, false])
      }
    }
    for (const line of output.split('\n').filter(Boolean)) {
      expect(line).toMatch(/^(?:amparo: ready|\{"event":"[a-z-]+","count":\d+\})$/)
    }
  })
})
