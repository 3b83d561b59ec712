import type { Env as WorkerEnv } from '../../src/server/env.ts'

/** What `env` and `exports` of `cloudflare:workers` are in these tests: the Worker's own. */
declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {}
    interface GlobalProps {
      mainModule: typeof import('../../src/server/index.ts')
    }
  }
}
