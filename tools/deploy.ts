import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { unstable_readConfig } from 'wrangler'
import { printBudgets } from './budgets.ts'
import { build } from './build.ts'
import { type HostConfig, type Missing, missingIn, missingSecrets } from './deploy-check.ts'
import { ROOT, wrangler, wranglerDeploy } from './wrangler.ts'

/** Cloudflare's answers take seconds; without network this is how long a check lasts. */
const ASK_MAX_MS = 30_000

const NOT_SIGNED_IN: Missing = {
  what: 'You are not signed in to Cloudflare, or there is no network.',
  how: 'npx wrangler login (or set CLOUDFLARE_API_TOKEN)',
}

/** Cloudflare's code for a Worker that does not exist. */
const NO_SUCH_WORKER = /\b10007\b|does not exist/i

/** Names in wrangler's JSON list; null if it is something else. */
const secretNames = (output: string): string[] | null => {
  try {
    const list = JSON.parse(output.slice(output.indexOf('['))) as { name: string }[]
    return list.map(({ name }) => name)
  } catch {
    return null
  }
}

/** What only Cloudflare knows: who you are, and which secrets are set. */
const askCloudflare = async ({ vars }: HostConfig): Promise<Missing[]> => {
  const whoami = await wrangler(['whoami', '--json'], { timeoutMs: ASK_MAX_MS })
  if (whoami.code !== 0 || /not authenticated|"loggedIn": ?false/i.test(whoami.output)) return [NOT_SIGNED_IN]
  const { code, output } = await wrangler(['secret', 'list', '--format', 'json'], { timeoutMs: ASK_MAX_MS })
  // A Worker that was never deployed has no secrets.
  if (code !== 0 && NO_SUCH_WORKER.test(output)) return missingSecrets([], vars)
  const names = code === 0 ? secretNames(output) : null
  if (names !== null) return missingSecrets(names, vars)
  return [{ what: 'Cloudflare did not say which secrets are set.', how: `look at its answer:\n${output}` }]
}

const check = async (): Promise<boolean> => {
  const config = unstable_readConfig({ config: join(ROOT, 'wrangler.toml') }, { hideWarnings: true })
  const missing = [...missingIn(config as HostConfig), ...(await askCloudflare(config as HostConfig))]
  for (const { what, how } of missing) console.log(`  missing  ${what}\n           → ${how}`)
  return missing.length === 0
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
console.log('Is everything there that a deployment needs?')
const isComplete = await check()
if (isComplete) console.log('  Yes.')
if (!isComplete) {
  console.log('\nNothing was deployed.')
  process.exit(1)
}
if (!values.check) {
  await build()
  if (!(await printBudgets())) {
    console.log('\nOver budget: nothing was deployed.')
    process.exit(1)
  }
  process.exitCode = (await wranglerDeploy([], { show: true })).code ?? 1
}
