import { cp, mkdir, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { build } from './build.ts'
import { isFree } from './port.ts'
import { startServerProcess } from './server-process.ts'
import { BUNDLE_DIR, DIST_DIR, ROOT } from './wrangler.ts'

/** Fixed, so that what a browser keeps for the app is there again at the next start. */
const PORT = 8787
const PARENT_CHECK_MS = 1_000

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const port = Number(process.env.AMPARO_PORT ?? PORT)
if (!Number.isInteger(port) || port < 1 || port > 65_535)
  fail('AMPARO_PORT must be a number from 1 to 65535.')
const origin = `http://localhost:${port}`
const scratch = join(ROOT, '.amparo')

// Before anything is built: the server that has the port may be ours, and lives on what a build would empty.
if (!(await isFree(port))) {
  fail(
    `Port ${port} is taken. Is Amparo running already (${origin})? Else choose another one: AMPARO_PORT=8788 npm start`,
  )
}

console.log('Building …')
await build().catch((error: Error) => fail(error.message))
// A copy, so that a build or a test run beside it takes nothing away from the running app.
const served = join(scratch, `served-${port}`)
await rm(served, { recursive: true, force: true })
await mkdir(served, { recursive: true })
// Each port its own: two servers on the same files would destroy them.
const state = join(scratch, port === PORT ? 'state' : `state-${port}`)
const [dist, bundle] = [join(served, 'dist'), join(served, 'build')]
await cp(DIST_DIR, dist, { recursive: true })
await cp(BUNDLE_DIR, bundle, { recursive: true })

const server = await startServerProcess({
  port,
  persistTo: state,
  settings: { AMPARO_LOCAL: '1', AMPARO_ORIGIN: origin },
  dist,
  bundle,
}).catch((error: Error) => fail(error.message))

let isStopping = false
const stop = async () => {
  if (isStopping) return
  isStopping = true
  await server.stop()
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
// npm killed hard tells its script nothing.
const parent = process.ppid
if (process.env.npm_lifecycle_event === 'start') {
  setInterval(() => process.ppid !== parent && stop(), PARENT_CHECK_MS).unref()
}

console.log(`
  The app:     ${origin}
  The outbox:  ${origin}/outbox   (mail that would have gone out)

  Data is kept in ${relative(ROOT, state)}; delete it to begin anew. Ctrl-C ends.
`)

await server.exited
if (!isStopping) fail(`The server ended by itself:\n${server.output()}`)
