import { type Fault, TRANSIENT } from '../../test/support/resend-rules.ts'
import { oneOf } from './random.ts'
import { DAY_MS, type Mail, type Settings, Simulation } from './simulation.ts'

/** What faults of the provider do to alerts: one row a kind of fault. */
export type Row = {
  name: string
  messages: number
  /** By the provider: accepted exactly once, more than once, never. */
  once: number
  oftener: number
  never: number
  /** What the vaults were told of those that were never accepted. */
  told: string
  /** Accepted, while the vault was told something else than `sent`; told `sent`, and not accepted. */
  untrue: number
  requests: number
  faults: number
  lastMs: number
}

export type Size = { alerts: number; contacts: number; seed: number }

const alertMails = ({ alerts, contacts }: Size, priority: Mail['priority'] = 'alert') =>
  Array.from({ length: alerts }, (_, alert) =>
    Array.from({ length: contacts }, (_, contact): Mail => {
      const delivery = `${priority}.${alert}.${contact}`
      return {
        delivery,
        vault: `v${alert}`,
        alert: `a${alert}`,
        priority,
        address: `${delivery}@example.org`,
      }
    }),
  )

const summary = (simulation: Simulation, name: string, mails: readonly Mail[], began: number): Row => {
  const { double, heard } = simulation
  const times = new Map<string, number>()
  for (const { to } of double.accepted) times.set(to, (times.get(to) ?? 0) + 1)
  const of = (count: (times: number) => boolean): Mail[] =>
    mails.filter(({ address }) => count(times.get(address) ?? 0))
  const never = of((count) => count === 0)
  const told = new Map<string, number>()
  for (const { delivery } of never) {
    const word = heard.get(delivery)
    const text = word === undefined ? 'nothing' : `${word.state} ${word.reason ?? ''}`.trim()
    told.set(text, (told.get(text) ?? 0) + 1)
  }
  const untrue = mails.filter(({ delivery, address, priority }) => {
    const isSent = heard.get(delivery)?.state === 'sent'
    return priority !== 'code' && isSent !== times.has(address)
  })
  return {
    name,
    messages: mails.length,
    once: of((count) => count === 1).length,
    oftener: of((count) => count > 1).length,
    never: never.length,
    told: [...told].map(([text, count]) => `${count} ${text}`).join(', ') || '—',
    untrue: untrue.length,
    requests: double.requests.length,
    faults: double.requests.filter(({ fault }) => fault !== 'none').length,
    lastMs: (double.accepted.at(-1)?.at ?? began) - began,
  }
}

type Case = {
  name: string
  settings?: Partial<Settings>
  mails: Mail[][]
  /** Time over which the alerts come. */
  overMs: number
  prepare?: (simulation: Simulation, began: number) => void
}

const runCase = async ({ name, settings, mails, overMs, prepare }: Case, seed: number): Promise<Row> => {
  const simulation = new Simulation({ seed, ...settings })
  const began = simulation.world.now
  for (const wave of mails) simulation.post(began + Math.floor(simulation.random() * overMs), wave)
  prepare?.(simulation, began)
  await simulation.world.run(began + 4 * DAY_MS)
  return summary(simulation, name, mails.flat(), began)
}

const byChance = (share: number, faults: readonly Fault[]) => (simulation: Simulation) =>
  simulation.double.meetByChance(() =>
    simulation.random() < share ? oneOf(simulation.random, faults) : 'none',
  )

const TEN_MINUTES = 600_000
const FIVE_A_SECOND = { perSecond: 5 }

/** The whole campaign. The same seed gives the same table. */
export const faultCampaign = async (size: Size): Promise<Row[]> => {
  const { seed, alerts } = size
  const mails = () => alertMails(size)
  const small = { ...size, alerts: Math.ceil(alerts / 50) }
  const cases: Case[] = [
    { name: 'no faults', settings: { limits: FIVE_A_SECOND }, mails: mails(), overMs: TEN_MINUTES },
    {
      name: 'transient faults, 30 % of requests',
      settings: { limits: FIVE_A_SECOND },
      mails: mails(),
      overMs: TEN_MINUTES,
      prepare: byChance(0.3, TRANSIENT),
    },
    {
      name: 'the same, and the process killed 100 times',
      settings: { limits: FIVE_A_SECOND },
      mails: mails(),
      overMs: TEN_MINUTES,
      prepare: (simulation, began) => {
        byChance(0.3, TRANSIENT)(simulation)
        for (let kill = 0; kill < 100; kill += 1)
          simulation.die(began + Math.floor(simulation.random() * TEN_MINUTES))
      },
    },
    {
      name: 'bad addresses, 2 % of messages, named by the provider',
      settings: { limits: FIVE_A_SECOND },
      mails: mails().map((wave, at) =>
        wave.map((mail, n) => (at % 10 === 0 && n === 0 ? spoilt(mail) : mail)),
      ),
      overMs: TEN_MINUTES,
    },
    {
      name: 'bad messages, 1 in 500, for which a whole request is refused',
      settings: { limits: { ...FIVE_A_SECOND, spoils: ({ to }) => to?.startsWith('spoils.') === true } },
      mails: mails().map((wave, at) =>
        wave.map((mail, n) =>
          at % 100 === 50 && n === 0 ? { ...mail, address: `spoils.${mail.address}` } : mail,
        ),
      ),
      overMs: 30_000,
    },
    {
      name: 'the day’s quota is used up at 60 % of the alerts, in the evening',
      settings: {
        limits: { ...FIVE_A_SECOND, day: Math.floor(alerts * size.contacts * 0.6) },
        start: Date.UTC(2026, 0, 5, 21),
      },
      mails: mails(),
      overMs: TEN_MINUTES,
    },
    {
      name: 'all answers lost for 25 hours: alerts',
      settings: { limits: FIVE_A_SECOND },
      mails: alertMails(small),
      overMs: 1_000,
      prepare: allLost(25 * 3_600_000),
    },
    {
      name: 'all answers lost for 25 hours: drills',
      settings: { limits: FIVE_A_SECOND },
      mails: alertMails(small, 'drill'),
      overMs: 1_000,
      prepare: allLost(25 * 3_600_000),
    },
    {
      name: 'no request arrives for 49 hours',
      settings: { limits: FIVE_A_SECOND },
      mails: alertMails(small),
      overMs: 1_000,
      prepare: (simulation, began) =>
        simulation.double.meetByChance(() =>
          simulation.world.now < began + 49 * 3_600_000 ? 'drop-before' : 'none',
        ),
    },
  ]
  const rows: Row[] = []
  for (const [at, one] of cases.entries()) rows.push(await runCase(one, seed + at))
  return rows
}

const spoilt = (mail: Mail): Mail => ({ ...mail, address: `no address ${mail.delivery}` })

const allLost = (ms: number) => (simulation: Simulation, began: number) =>
  simulation.double.meetByChance(() => (simulation.world.now < began + ms ? 'drop-after' : 'none'))

const timeOf = (ms: number): string =>
  ms < 3_600_000 ? `${Math.round(ms / 1_000)} s` : `${(ms / 3_600_000).toFixed(1)} h`

/** As Markdown. */
export const tableOf = (rows: readonly Row[]): string => {
  const head = [
    'what happens',
    'messages',
    'once',
    'oftener',
    'never, and what the vault was told',
    'vault told otherwise',
    'requests (faulty)',
    'last after',
  ]
  const cells = rows.map((row) => [
    ...[row.name, row.messages, row.once, row.oftener, row.never === 0 ? 0 : `${row.never}: ${row.told}`],
    ...[row.untrue, `${row.requests} (${row.faults})`, timeOf(row.lastMs)],
  ])
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n')
}
