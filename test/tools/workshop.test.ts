import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toText } from '../../src/protocol/bytes.ts'
import { Ticket } from '../../src/protocol/ticket.ts'
import { dayOf, readWorkshopCode } from '../../src/server/ticket/workshop.ts'
import { run } from '../../tools/run.ts'
import { ROOT } from '../../tools/wrangler.ts'

const KEY = Uint8Array.from({ length: 32 }, (_, at) => at)

const workshop = (args: string[], key: string | null = toText(KEY)) =>
  run(process.execPath, [join(ROOT, 'tools/workshop.ts'), ...args], {
    cwd: ROOT,
    env: { WORKSHOP_KEY: key ?? '' },
  })

test('a code in groups of four comes out, which the Worker takes', async () => {
  const before = dayOf(Date.now())
  const { code, output } = await workshop(['--families', '60', '--days', '2'])
  const after = dayOf(Date.now())
  expect(code).toBe(0)
  const [, printed = ''] = /^ {2}((?:[0-9A-Z]{4} ){3}[0-9A-Z]{4})$/m.exec(output) ?? []
  const ticket = Ticket.parse({ kind: 'workshop', code: printed.replaceAll(' ', '') })
  const read = ticket.kind === 'workshop' ? readWorkshopCode(KEY, ticket.code) : null
  expect(read?.families).toBe(60)
  expect([before + 2, after + 2]).toContain(read?.day)
})

test.each([
  [[]],
  [['--families', '60']],
  [['--families', '0', '--days', '2']],
  [['--families', '501', '--days', '2']],
  [['--families', '6e1', '--days', '2']],
  [['--families', '60', '--days', '61']],
  [['--families', '60', '--days', '-1']],
  [['--families', '1.5', '--days', '2']],
  [['--family', '60', '--days', '2']],
])('nonsense gives no code, and says how to ask: %j', async (args) => {
  const { code, output } = await workshop(args)
  expect([code, output]).toEqual([1, expect.stringContaining('--families 60 --days 2')])
  expect(output).not.toMatch(/(?:[0-9A-Z]{4} ){3}/)
})

test.each([[null], ['short'], ['!'.repeat(43)]])('without a key it says how to make one: %s', async (key) => {
  const { code, output } = await workshop(['--families', '60', '--days', '2'], key)
  expect([code, output]).toEqual([1, expect.stringContaining('wrangler secret put WORKSHOP_KEY')])
})

test('the key that it says how to make is one', async () => {
  const { output } = await workshop(['--families', '60', '--days', '2'], null)
  const [, script = ''] = /node -e "(.+)"/.exec(output) ?? []
  const made = await run(process.execPath, ['-e', script])
  expect((await workshop(['--families', '1', '--days', '0'], made.output.trim())).code).toBe(0)
})
