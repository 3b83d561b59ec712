import { parseArgs } from 'node:util'
import { dayOf, endOf, workshopCodeOf, workshopKeyOf } from '../src/server/ticket/workshop.ts'

// Makes a code that lets the families of one workshop set up from one network: `npm run workshop -- --families 60 --days 2`.

/** More than one room holds; a code that gets about lets in no more than that. */
const FAMILIES_MAX = 500
/** A code is for a date, not for a season. */
const DAYS_MAX = 60

const USAGE = `npm run workshop -- --families 60 --days 2
  --families  how many families it lets in, 1 to ${FAMILIES_MAX}
  --days      for how many days after today, 0 to ${DAYS_MAX}`

const NO_KEY = `WORKSHOP_KEY is not set here, or is no key. It has to be the one that the Worker has.
  Make one, once:   node -e "console.log(crypto.getRandomValues(Buffer.alloc(32)).toString('base64url'))"
  The Worker's:     npx wrangler secret put WORKSHOP_KEY
  Here:             WORKSHOP_KEY=… ${USAGE.split('\n')[0]}
Keep it where the host's other keys are, and nowhere in this folder.`

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

/** @returns a whole number within the bounds, or null */
const wholeOf = (text: string | undefined, min: number, max: number): number | null => {
  const number = /^\d{1,5}$/.test(text ?? '') ? Number(text) : Number.NaN
  return number >= min && number <= max ? number : null
}

const argumentsOf = (): { families?: string; days?: string } => {
  try {
    return parseArgs({ options: { families: { type: 'string' }, days: { type: 'string' } } }).values
  } catch {
    return {}
  }
}

const given = argumentsOf()
const families = wholeOf(given.families, 1, FAMILIES_MAX) ?? fail(USAGE)
const days = wholeOf(given.days, 0, DAYS_MAX) ?? fail(USAGE)
const key = workshopKeyOf(process.env.WORKSHOP_KEY ?? '') ?? fail(NO_KEY)

const workshop = { day: dayOf(Date.now()) + days, families }
const code = workshopCodeOf(key, workshop)
console.log(`
  ${code.match(/.{4}/g)?.join(' ')}

  Lets ${families} ${families === 1 ? 'family' : 'families'} set up, until ${new Date(endOf(workshop)).toISOString().slice(0, 16).replace('T', ' ')} UTC.
  Whoever has it can use it: give it to the people in the room.
`)
