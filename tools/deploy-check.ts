import { SENDER } from '../src/server/env.ts'

// What a host still has to set before a deployment. Pure; deploy.ts asks and acts.

/** Something missing, and the way to set it, each a sentence for the host. */
export type Missing = { what: string; how: string }

/** The part of wrangler's configuration that is judged. */
export type HostConfig = {
  vars: Record<string, unknown>
  kv_namespaces: { binding: string; id?: string }[]
}

const isOrigin = (text: string): boolean => {
  try {
    const url = new URL(text)
    return url.protocol === 'https:' && url.origin === text
  } catch {
    return false
  }
}

const LOCAL: Missing = {
  what: 'AMPARO_LOCAL is set: it shows everybody the mails at /outbox. It is for `npm start` only.',
  how: 'remove it from wrangler.toml, and: npx wrangler secret delete AMPARO_LOCAL',
}

/** Judges `wrangler.toml`, without network. */
export const missingIn = (config: HostConfig): Missing[] => {
  const { AMPARO_LOCAL: local, AMPARO_ORIGIN: origin, AMPARO_FROM: from } = config.vars
  const missing: Missing[] = []
  if (local !== undefined) missing.push(LOCAL)
  if (!config.kv_namespaces.find(({ binding }) => binding === 'SEALED')?.id) {
    missing.push({
      what: 'The KV namespace SEALED has no id.',
      how: 'npx wrangler kv namespace create SEALED; then write `id = "…"` below `binding = "SEALED"` in wrangler.toml',
    })
  }
  if (typeof origin !== 'string' || !isOrigin(origin)) {
    missing.push({
      what: 'AMPARO_ORIGIN, the address that stands in mailed links, is not set, or is not https:// and a host alone.',
      how: 'in wrangler.toml, below [vars]: AMPARO_ORIGIN = "https://amparo.example.org"',
    })
  }
  if (typeof from !== 'string' || !SENDER.test(from)) {
    missing.push({
      what: 'AMPARO_FROM, the sender of the mails, is not set, or is no address.',
      how: 'in wrangler.toml, below [vars]: AMPARO_FROM = "Amparo <alert@example.org>" (a domain that Resend has verified)',
    })
  }
  if (config.vars.RESEND_API_KEY !== undefined) {
    missing.push({
      what: 'RESEND_API_KEY stands in wrangler.toml, where everybody reads it who has the file.',
      how: 'remove it there, revoke it at Resend, and set a new one as a secret',
    })
  }
  return missing
}

/** Judges the names of the secrets that are set at Cloudflare. */
export const missingSecrets = (names: readonly string[]): Missing[] => [
  ...(names.includes('AMPARO_LOCAL') ? [LOCAL] : []),
  ...(names.includes('RESEND_API_KEY')
    ? []
    : [{ what: 'The secret RESEND_API_KEY is not set.', how: 'npx wrangler secret put RESEND_API_KEY' }]),
]
