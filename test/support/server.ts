import { access, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../tools/build.ts'
import { freePort } from '../../tools/port.ts'
import { type ServerProcess, startServerProcess } from '../../tools/server-process.ts'
import { BUNDLE_DIR, DIST_DIR } from '../../tools/wrangler.ts'
import { moveAlarms, withClock } from './moved-clock.ts'

/** A mail that would have gone out, as the local outbox shows it. */
export type Mail = { id: string; at: number; to: string; subject: string; text: string; html: string }

export type StartOptions = {
  /** Variables and secrets of the Worker; null takes one of the local defaults away. */
  settings?: Record<string, string | null>
  /** Folder for its data that outlives `stop`; else a temporary one. */
  persistTo?: string
  /** Only to come back at the address of a server that was killed. */
  port?: number
  /** What its clock shows at its start; else the machine's time. */
  clock?: number
}

export type TestServer = {
  /** `http://localhost:port`, no slash at its end. */
  origin: string
  port: number
  persistTo: string
  /** Newest first. */
  outbox(): Promise<Mail[]>
  /** What it has logged. */
  output(): string
  /** Ends it properly, and removes its temporary folders. */
  stop(): Promise<void>
  /** Ends it as a power cut would. What was on disk stays, for `restart`. */
  kill(): Promise<void>
  /** The same disk, the same address, the same settings. With `clock`, it shows that when it comes back; else it has gone on. */
  restart(clock?: number): Promise<void>
  /** What its clock shows. */
  now(): number
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** tools/test.ts has built already. A test run alone builds once, and then serves what there is: `npm run build` renews it. */
const ensureBuilt = async (): Promise<void> => {
  const built = await Promise.all([join(BUNDLE_DIR, 'index.js'), join(DIST_DIR, 'index.html')].map(exists))
  if (built.includes(false)) await build()
}

/** Starts the real Worker, as it would be deployed, with the built pages, on a free port of this machine. */
export const startServer = async (options: StartOptions = {}): Promise<TestServer> => {
  await ensureBuilt()
  const port = options.port ?? (await freePort())
  const origin = `http://localhost:${port}`
  // A copy, so that a build meanwhile takes nothing away from it.
  const own = await mkdtemp(join(tmpdir(), 'amparo-'))
  const [dist, bundle] = [join(own, 'dist'), join(own, 'build')]
  await Promise.all([cp(DIST_DIR, dist, { recursive: true }), cp(BUNDLE_DIR, bundle, { recursive: true })])
  const persistTo = options.persistTo ?? join(own, 'state')
  const settings = Object.fromEntries(
    Object.entries({ AMPARO_LOCAL: '1', AMPARO_ORIGIN: origin, ...options.settings }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  )
  const start = () => startServerProcess({ port, persistTo, settings, dist, bundle })
  const entry = join(bundle, 'index.js')
  const worker = await readFile(entry, 'utf8')
  let aheadMs = 0
  /** Only while it is down. */
  const setClock = async (clock: number): Promise<void> => {
    const next = clock - Date.now()
    await writeFile(entry, withClock(worker, next))
    await moveAlarms(persistTo, aheadMs - next)
    aheadMs = next
  }
  if (options.clock !== undefined) {
    await mkdir(persistTo, { recursive: true })
    await setClock(options.clock)
  }
  let server: ServerProcess = await start()
  return {
    origin,
    port,
    persistTo,
    outbox: async () => {
      const response = await fetch(`${origin}/outbox.json`)
      if (!response.ok) throw new Error(`The outbox answers ${response.status}.`)
      return (await response.json()) as Mail[]
    },
    output: () => server.output(),
    stop: async () => {
      await server.stop()
      await rm(own, { recursive: true, force: true })
    },
    kill: () => server.kill(),
    restart: async (clock) => {
      await server.stop()
      if (clock !== undefined) await setClock(clock)
      server = await start()
    },
    now: () => Date.now() + aheadMs,
  }
}
