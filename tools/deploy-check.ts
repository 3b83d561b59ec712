import { isTwilioSetting, isVapidPublicKey, SENDER, TWILIO_SETTINGS } from '../src/server/env.ts'

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

/** Each with how to make the one that was seen worthless. */
const SECRETS = [
  ['RESEND_API_KEY', 'revoke it at Resend'],
  ['RESEND_WEBHOOK_SECRET', 'rotate it at Resend'],
  ['TURNSTILE_SECRET', "rotate it in Turnstile's dashboard"],
  ['WORKSHOP_KEY', 'throw it away with all codes that were made with it'],
  ['VAPID_PRIVATE_KEY', 'make another pair (npm run vapid)'],
  ['TWILIO_AUTH_TOKEN', "rotate it in Twilio's console"],
] as const

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
  const { VAPID_PUBLIC_KEY: publicKey } = config.vars
  if (publicKey !== undefined && !(typeof publicKey === 'string' && isVapidPublicKey(publicKey))) {
    missing.push({
      what: 'VAPID_PUBLIC_KEY is no key: nobody could turn notifications on.',
      how: 'npm run vapid makes a pair; or remove the line, and nothing is pushed',
    })
  }
  for (const name of ['TWILIO_ACCOUNT_SID', 'TWILIO_FROM'] as const) {
    const value = config.vars[name]
    if (value === undefined || (typeof value === 'string' && isTwilioSetting(name, value))) continue
    missing.push({
      what: `${name} is none: no text message would go out.`,
      how: "in wrangler.toml, below [vars]: the account's AC…; a number like +15550100 or a messaging service's MG…",
    })
  }
  for (const [name, where] of SECRETS) {
    if (config.vars[name] === undefined) continue
    missing.push({
      what: `${name} stands in wrangler.toml, where everybody reads it who has the file.`,
      how: `remove it there, ${where}, and set a new one: npx wrangler secret put ${name}`,
    })
  }
  return missing
}

/**
 * Judges the names of the secrets that are set at Cloudflare.
 * @param vars of wrangler.toml: what belongs to a secret that is there
 */
export const missingSecrets = (names: readonly string[], vars: HostConfig['vars'] = {}): Missing[] => {
  const has = (name: string): boolean => names.includes(name)
  const texts = TWILIO_SETTINGS.filter((name) => has(name) || vars[name] !== undefined)
  const hasPublicKey = has('VAPID_PUBLIC_KEY') || vars.VAPID_PUBLIC_KEY !== undefined
  const hasSiteKey = has('TURNSTILE_SITE_KEY') || vars.TURNSTILE_SITE_KEY !== undefined
  return [
    ...(has('AMPARO_LOCAL') ? [LOCAL] : []),
    ...(has('RESEND_API_KEY')
      ? []
      : [{ what: 'The secret RESEND_API_KEY is not set.', how: 'npx wrangler secret put RESEND_API_KEY' }]),
    ...(hasSiteKey && !has('TURNSTILE_SECRET')
      ? [
          {
            what: 'TURNSTILE_SITE_KEY is set without the secret TURNSTILE_SECRET: nobody could set up.',
            how: 'npx wrangler secret put TURNSTILE_SECRET, or remove TURNSTILE_SITE_KEY',
          },
        ]
      : []),
    ...(has('TURNSTILE_SECRET') && !hasSiteKey
      ? [
          {
            what: 'The secret TURNSTILE_SECRET is set without TURNSTILE_SITE_KEY: nobody could set up.',
            how: 'in wrangler.toml, below [vars]: TURNSTILE_SITE_KEY = "…"; or: npx wrangler secret delete TURNSTILE_SECRET',
          },
        ]
      : []),
    ...(texts.length > 0 && texts.length < TWILIO_SETTINGS.length
      ? [
          {
            what: `Of ${TWILIO_SETTINGS.join(', ')} only ${texts.join(', ')} is set: nobody could set up.`,
            how: 'the first and the last below [vars] in wrangler.toml; npx wrangler secret put TWILIO_AUTH_TOKEN; or none of them, and no texts are sent',
          },
        ]
      : []),
    ...(hasPublicKey !== has('VAPID_PRIVATE_KEY')
      ? [
          {
            what: 'Of VAPID_PUBLIC_KEY and the secret VAPID_PRIVATE_KEY only one is set: nobody could set up.',
            how: 'npm run vapid makes a pair and says where each goes; or remove the one that is there, and nothing is pushed',
          },
        ]
      : []),
  ]
}
