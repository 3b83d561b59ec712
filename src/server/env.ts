import { PushKey } from '../protocol/channel.ts'
import { Key } from '../protocol/fields.ts'
import type { Doorkeeper } from './doorkeeper/doorkeeper.ts'
import { hookKeyOf } from './hooks/svix.ts'
import type { Mailroom } from './mailroom/mailroom.ts'
import type { Quota } from './mailroom/quota.ts'
import { workshopKeyOf } from './ticket/workshop.ts'
import type { Vault } from './vault/vault.ts'

/** Bindings and settings of the Worker. Those that a host may have forgotten are optional, and `settingsOf` says so. */
export type Env = {
  SEALED: KVNamespace
  VAULT: DurableObjectNamespace<Vault>
  MAILROOM: DurableObjectNamespace<Mailroom>
  DOORKEEPER: DurableObjectNamespace<Doorkeeper>
  /** Failed look-ups, by network. */
  FAILURES?: RateLimit
  /** Vaults that are to be made, by network: spares the doorkeepers a flood, and judges nobody. */
  NEW_VAULTS?: RateLimit
  /** Origin that stands in mailed links, `https://…` without a path. Unset: the origin of the request that pressed. */
  AMPARO_ORIGIN?: string
  /** Sender of mails: an address, or `Name <address>`. */
  AMPARO_FROM?: string
  RESEND_API_KEY?: string
  RESEND_BASE_URL?: string
  /** Secret, optional: signs what the provider says of messages later, `whsec_…`. */
  RESEND_WEBHOOK_SECRET?: string
  /** Messages that the account with the provider may send a day and a month. */
  AMPARO_MAILS_A_DAY?: string
  AMPARO_MAILS_A_MONTH?: string
  /** Text messages that the host means to pay for a day. */
  AMPARO_TEXTS_A_DAY?: string
  /** Secret, optional: 32 bytes in base64url, with which workshop codes are made. */
  WORKSHOP_KEY?: string
  /** Both or neither: a new vault then needs Turnstile's token, or a workshop code. */
  TURNSTILE_SITE_KEY?: string
  TURNSTILE_SECRET?: string
  TURNSTILE_BASE_URL?: string
  /** A pair (RFC 8292), both or neither: 65 bytes and 32, in base64url. Without them nothing is pushed. */
  VAPID_PUBLIC_KEY?: string
  VAPID_PRIVATE_KEY?: string
  /** Where pushes go instead of to the push services, for tests. */
  PUSH_BASE_URL?: string
  /** All three or none: text messages through Twilio. `TWILIO_FROM`: a number in E.164, or a messaging service's `MG…`. */
  TWILIO_ACCOUNT_SID?: string
  TWILIO_AUTH_TOKEN?: string
  TWILIO_FROM?: string
  TWILIO_BASE_URL?: string
  /** `1` on the local server only: mails go to `/outbox`. */
  AMPARO_LOCAL?: string
}

export type Sender =
  | { kind: 'email'; apiKey: string; baseUrl: string | null; from: string }
  | { kind: 'outbox' }

export type Turnstile = { siteKey: string; secret: string; baseUrl: string | null }

export type PushSender = { publicKey: string; privateKey: string; baseUrl: string | null }

export type SmsSender = { accountSid: string; authToken: string; from: string; baseUrl: string | null }

export type Settings = {
  local: boolean
  /** Null: there is nothing to send with; messages wait. */
  sender: Sender | null
  origin: string | null
  /** What the host says of its quota with the provider; null: nothing. */
  quota: Quota
  /** The same of text messages. */
  textQuota: Quota
  /** Null: the provider's later words are not taken. */
  hookKey: Uint8Array | null
  /** Null: the host makes no workshop codes. */
  workshopKey: Uint8Array | null
  turnstile: Turnstile | null
  /** Null: the host pushes nothing. */
  push: PushSender | null
  /** Null: the host sends no text messages. */
  sms: SmsSender | null
  /** Names of bindings and settings without which a new family cannot set up. */
  missing: string[]
}

/** `https` and a host alone; plain `http` on the local server. */
const originOf = (text: string, local: boolean): string | null => {
  try {
    const url = new URL(text)
    const plain = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    return plain && (url.protocol === 'https:' || (local && url.protocol === 'http:')) ? url.origin : null
  } catch {
    return null
  }
}

/** An address, or `Name <address>`. */
export const SENDER = /^(?:[^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+\.[^<>@\s]+)$/
/** What may stand in a header. */
const API_KEY = /^[\x21-\x7e]{1,256}$/

const senderOf = (env: Env, local: boolean): Sender | null => {
  const { RESEND_API_KEY: apiKey, AMPARO_FROM: from } = env
  // A setting that cannot work counts as missing: messages wait for it, and are not lost to it.
  if (apiKey && !API_KEY.test(apiKey)) return null
  if (apiKey)
    return from && SENDER.test(from)
      ? { kind: 'email', apiKey, baseUrl: env.RESEND_BASE_URL || null, from }
      : null
  return local ? { kind: 'outbox' } : null
}

const COUNT = /^[0-9]{1,9}$/
const countOf = (text: string | undefined): number | null => (text && COUNT.test(text) ? Number(text) : null)

const SITE_KEY = /^[\x21-\x7e]{1,64}$/

const turnstileOf = (env: Env): Turnstile | null => {
  const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET: secret } = env
  return siteKey && SITE_KEY.test(siteKey) && secret
    ? { siteKey, secret, baseUrl: env.TURNSTILE_BASE_URL || null }
    : null
}

export const isVapidPublicKey = (text: string | undefined): boolean => PushKey.safeParse(text).success
export const isVapidPrivateKey = (text: string | undefined): boolean => Key.safeParse(text).success

const pushOf = (env: Env): PushSender | null => {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey } = env
  return isVapidPublicKey(publicKey) && isVapidPrivateKey(privateKey)
    ? {
        publicKey: publicKey as string,
        privateKey: privateKey as string,
        baseUrl: env.PUSH_BASE_URL || null,
      }
    : null
}

const TWILIO = {
  TWILIO_ACCOUNT_SID: /^AC[0-9a-f]{32}$/,
  TWILIO_AUTH_TOKEN: /^[\x21-\x7e]{16,128}$/,
  TWILIO_FROM: /^(?:\+[1-9][0-9]{2,14}|MG[0-9a-f]{32})$/,
} as const
type TwilioSetting = keyof typeof TWILIO
export const TWILIO_SETTINGS = Object.keys(TWILIO) as TwilioSetting[]

export const isTwilioSetting = (name: TwilioSetting, text: string | undefined): boolean =>
  TWILIO[name].test(text ?? '')

const smsOf = (env: Env): SmsSender | null => {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = env
  if (!TWILIO_SETTINGS.every((name) => isTwilioSetting(name, env[name]))) return null
  return {
    accountSid: accountSid as string,
    authToken: authToken as string,
    from: from as string,
    baseUrl: env.TWILIO_BASE_URL || null,
  }
}

/** What a host has begun to set, and what is missing to it: half of a pair, or something that is no key. */
const missingOptions = (env: Env, workshopKey: Uint8Array | null): string[] => {
  const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET: secret } = env
  const { WORKSHOP_KEY, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY } = env
  return [
    ...(secret && !(siteKey && SITE_KEY.test(siteKey)) ? ['TURNSTILE_SITE_KEY'] : []),
    ...(siteKey && !secret ? ['TURNSTILE_SECRET'] : []),
    ...(WORKSHOP_KEY && workshopKey === null ? ['WORKSHOP_KEY'] : []),
    ...(['AMPARO_MAILS_A_DAY', 'AMPARO_MAILS_A_MONTH', 'AMPARO_TEXTS_A_DAY'] as const).filter(
      (name) => env[name] && countOf(env[name]) === null,
    ),
    ...(TWILIO_SETTINGS.some((name) => env[name])
      ? TWILIO_SETTINGS.filter((name) => !isTwilioSetting(name, env[name]))
      : []),
    ...(VAPID_PRIVATE_KEY && !isVapidPublicKey(VAPID_PUBLIC_KEY) ? ['VAPID_PUBLIC_KEY'] : []),
    ...(VAPID_PUBLIC_KEY && !isVapidPrivateKey(VAPID_PRIVATE_KEY) ? ['VAPID_PRIVATE_KEY'] : []),
  ]
}

/** Judges bindings and settings; never throws, so that presses are taken whatever is missing. */
export const settingsOf = (env: Env): Settings => {
  const local = env.AMPARO_LOCAL === '1'
  const sender = senderOf(env, local)
  const origin = env.AMPARO_ORIGIN ? originOf(env.AMPARO_ORIGIN, local) : null
  const missing: string[] = (['SEALED', 'VAULT', 'MAILROOM', 'DOORKEEPER'] as const).filter(
    (name) => !env[name],
  )
  if (sender === null) {
    if (!env.RESEND_API_KEY || !API_KEY.test(env.RESEND_API_KEY)) missing.push('RESEND_API_KEY')
    if (!env.AMPARO_FROM || !SENDER.test(env.AMPARO_FROM)) missing.push('AMPARO_FROM')
  }
  if (env.AMPARO_ORIGIN && origin === null) missing.push('AMPARO_ORIGIN')
  const workshopKey = env.WORKSHOP_KEY ? workshopKeyOf(env.WORKSHOP_KEY) : null
  missing.push(...missingOptions(env, workshopKey))
  const quota = { day: countOf(env.AMPARO_MAILS_A_DAY), month: countOf(env.AMPARO_MAILS_A_MONTH) }
  const textQuota = { day: countOf(env.AMPARO_TEXTS_A_DAY), month: null }
  const hookKey = env.RESEND_WEBHOOK_SECRET ? hookKeyOf(env.RESEND_WEBHOOK_SECRET) : null
  if (env.RESEND_WEBHOOK_SECRET && hookKey === null) missing.push('RESEND_WEBHOOK_SECRET')
  return {
    ...{ local, sender, origin, quota, textQuota, hookKey, workshopKey, missing },
    turnstile: turnstileOf(env),
    push: pushOf(env),
    sms: smsOf(env),
  }
}
