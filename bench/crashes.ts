// node bench/crashes.ts [kills] [seed]: the process killed in the middle of alerts (bench/README.md). Build first.
import { crashCampaign } from './mailroom/crashes.ts'

const kills = Number(process.argv[2] ?? 100)
const seed = Number(process.argv[3] ?? 1)
const survived = await crashCampaign({ kills, contacts: 3, seed }, (kill) => {
  if (kill % 10 === 0) console.log(`killed ${kill} times`)
})
console.log(`Seed ${seed}:`, survived)
