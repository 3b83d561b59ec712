// node bench/faults.ts [seed]: what faults of the provider do to 1,000 alerts of 5 contacts (bench/README.md).
import { faultCampaign, tableOf } from './mailroom/faults.ts'

const seed = Number(process.argv[2] ?? 1)
const began = performance.now()
const rows = await faultCampaign({ alerts: 1_000, contacts: 5, seed })
console.log(`Seed ${seed}, ${Math.round((performance.now() - began) / 1_000)} s of real time.\n`)
console.log(tableOf(rows))
