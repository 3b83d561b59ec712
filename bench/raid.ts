// node bench/raid.ts [seed]: 10,000 presses within a minute, in virtual time, and 100 for real (bench/README.md). Writes bench/raid.svg.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { boundMs, type Course, quantile, type Raid, simulateRaid } from './mailroom/raid.ts'
import { pictureOf } from './mailroom/raid-picture.ts'
import { realRaid } from './mailroom/real-raid.ts'

const seed = Number(process.argv[2] ?? 1)
const big: Raid = { presses: 10_000, contacts: 5, overMs: 60_000, perSecond: 5, seed }
const small: Raid = { presses: 100, contacts: 5, overMs: 1_000, perSecond: 5, seed }

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
const say = (name: string, raid: Raid, course: Course): void => {
  const last = course.accepted.at(-1) ?? 0
  console.log(`${name}: ${raid.presses} presses of ${raid.contacts} contacts within ${seconds(raid.overMs)}`)
  console.log(
    `  first message accepted after ${course.waited[0]} ms, the last ${seconds(last)} after the first press`,
  )
  console.log(
    `  bound by the provider's rate: ${seconds(boundMs(raid))}; ratio ${(last / boundMs(raid)).toFixed(2)}`,
  )
  console.log(
    `  a message waited ${seconds(quantile(course.waited, 0.5))} (half of them), ${seconds(quantile(course.waited, 0.99))} (99 of 100)`,
  )
  console.log(`  ${course.requests} requests, ${course.refused} of them refused or repeated`)
  console.log(
    `  one request a press: ${seconds(boundMs(raid, raid.contacts))}; one a message: ${seconds(boundMs(raid, 1))}`,
  )
}

const course = await simulateRaid(big)
await writeFile(join(import.meta.dirname, 'raid.svg'), pictureOf(big, course))
say('Simulated', big, course)
say('Real, on this machine', small, await realRaid(small))
