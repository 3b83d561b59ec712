// The real Worker on workerd, as a process of its own: started by server-process.ts, never by hand. Takes one argument,
// a `Serving` in JSON; says `ready` on standard output; ends when standard input ends, that is, with who started it.
import { join } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { READY, type Serving } from './serving.ts'
import { ROOT } from './wrangler.ts'

const serving = JSON.parse(process.argv[2] ?? '') as Serving

const options = {
  // Not `.dev.vars` and `.env`: a key that lies there for another purpose must not send real mail from a test.
  envFiles: [],
  overrides: { assets: { directory: serving.dist } },
}
const { workerOptions } = unstable_getMiniflareWorkerOptions(join(ROOT, 'wrangler.toml'), undefined, options)

const miniflare = new Miniflare(
  convertV4MiniflareOptions({
    host: '127.0.0.1',
    port: serving.port,
    // No call to the network for it.
    cf: false,
    telemetry: { enabled: false },
    resourcePersistencePath: serving.persistTo,
    log: new Log(LogLevel.WARN),
    logRequests: false,
    workers: [
      {
        ...workerOptions,
        bindings: { ...(workerOptions.bindings as Record<string, string>), ...serving.settings },
        modulesRoot: serving.bundle,
        modules: [{ type: 'ESModule', path: join(serving.bundle, 'index.js') }],
      },
    ],
  }),
)

process.stdin.resume()
process.stdin.once('end', () => {
  miniflare.dispose().finally(() => process.exit(0))
})
await miniflare.ready
process.stdout.write(`${READY}\n`)
