import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * A clock of the tests' own for the real Worker. The Worker has no setting for it, and must have none: who could move its clock could let a
 * check-in pass by, or a wait at a PIN. So it is written into a copy of the bundle, and nothing of it is ever deployed.
 */

/** The platform rings by the machine's clock, whatever `Date` says: alarms are set in its time, and read back in the Worker's. */
const clockCode = (aheadMs: number): string => `
const __ahead = ${aheadMs};
globalThis.Date = class Date extends globalThis.Date {
  constructor(...given) {
    if (given.length === 0) super(Date.now());
    else super(...given);
  }
  static now() {
    return super.now() + __ahead;
  }
};
let __hasAlarms = false;
const __moved = (Room) => class extends Room {
  constructor(ctx, env) {
    if (!__hasAlarms) {
      __hasAlarms = true;
      const alarms = Object.getPrototypeOf(ctx.storage);
      const { setAlarm, getAlarm } = alarms;
      alarms.setAlarm = function (at) {
        return setAlarm.call(this, at - __ahead);
      };
      alarms.getAlarm = async function () {
        const at = await getAlarm.call(this);
        return at === null ? null : at + __ahead;
      };
    }
    super(ctx, env);
  }
};
`

/** What the bundler writes at its end. */
const EXPORTS = /^export \{\n((?: {2}\w+(?: as \w+)?,?\n)+)\};$/m

/**
 * @param worker the bundle, one module
 * @returns the same Worker, whose clock goes `aheadMs` ahead of the machine's
 * @throws Error where it has not found the Worker's exports
 */
export const withClock = (worker: string, aheadMs: number): string => {
  const names = EXPORTS.exec(worker)?.[1]?.match(/\w+(?: as \w+)?/g)
  if (!names) throw new Error('The bundle does not end as it used to: its clock cannot be moved.')
  // `index_default as default` is the app; the rest are the classes.
  const rooms = names.filter((name) => !name.includes(' as '))
  const moved = rooms.map((room) => `const __${room} = __moved(${room});`)
  const exported = names.map((name) => (rooms.includes(name) ? `__${name} as ${name}` : name))
  const end = `${moved.join('\n')}\nexport { ${exported.join(', ')} };`
  return clockCode(aheadMs) + worker.replace(EXPORTS, () => end)
}

/** Alarms that a stopped server has set ring `ms` later by the machine's clock, as they must where its own clock was put back by that much. */
export const moveAlarms = async (persistTo: string, ms: number): Promise<void> => {
  const names = await readdir(persistTo, { recursive: true })
  for (const name of names.filter((one) => one.startsWith('do/') && one.endsWith('.sqlite'))) {
    // The platform keeps each twice: with its object, and in the list of all, in nanoseconds.
    const isList = basename(name) === 'metadata.sqlite'
    const [table, change] = isList
      ? ['_cf_ALARM', 'UPDATE _cf_ALARM SET scheduled_time = scheduled_time + ?']
      : [
          '_cf_METADATA',
          "UPDATE _cf_METADATA SET value = value + ? WHERE key = 1 AND typeof(value) = 'integer'",
        ]
    const database = new DatabaseSync(join(persistTo, name))
    try {
      const isThere = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table) !== undefined
      if (isThere) database.prepare(change).run(BigInt(ms) * 1_000_000n)
    } finally {
      database.close()
    }
  }
}
