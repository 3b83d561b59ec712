/** `protocol.md §8`, written out as predicates. Nothing of `src` is used here. */

type Check = (value: unknown) => boolean

const integer =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
const matching =
  (pattern: RegExp, max: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= max && pattern.test(value)
const bytes =
  (length: number): Check =>
  (value) =>
    typeof value === 'string' &&
    Buffer.from(value, 'base64url').length === length &&
    Buffer.from(value, 'base64url').toString('base64url') === value
const one =
  (...values: unknown[]): Check =>
  (value) =>
    values.includes(value)
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const list =
  (check: Check, min: number, max: number): Check =>
  (value) =>
    Array.isArray(value) && value.length >= min && value.length <= max && value.every(check)
const either =
  (...checks: Check[]): Check =>
  (value) =>
    checks.some((check) => check(value))
const strict =
  (members: Record<string, Check>): Check =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const names = Object.keys(value)
    return (
      names.length === Object.keys(members).length &&
      names.every(
        (name) => Object.hasOwn(members, name) && members[name]!((value as Record<string, unknown>)[name]),
      )
    )
  }

const [id, secret, key] = [bytes(16), bytes(16), bytes(32)]
const version = integer(1, 2_147_483_647)
const instant = integer(0, 8_640_000_000_000)
const line = (max: number): Check => matching(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u, max)
const language = one('en', 'es')
const hotline = matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 64)
const zone = matching(/^[A-Za-z]+([_+-][A-Za-z0-9]+)*(\/[A-Za-z0-9]+([_+-][A-Za-z0-9]+)*)*$/, 64)
const name = matching(
  /^(?!.*[\p{Default_Ignorable_Code_Point}\uA4F8-\uA4FF])(?!.*\p{M}{3})\p{L}[\p{L}\p{M}]*(([ '’\u2010-]|\. )\p{L}[\p{L}\p{M}]*)*\.?$/u,
  40,
)
const label = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
const email = matching(new RegExp(`^[A-Za-z0-9_+-]+(\\.[A-Za-z0-9_+-]+)*@(${label}\\.)+[A-Za-z]{2,63}$`), 254)
const phone = matching(/^\+[1-9]\d{6,14}$/, 16)
const push = {
  endpoint: matching(
    /^https:\/\/(fcm\.googleapis\.com|web\.push\.apple\.com|([a-z0-9-]{1,63}\.){1,4}push\.services\.mozilla\.com|([a-z0-9-]{1,63}\.){1,4}notify\.windows\.com)\/[A-Za-z0-9\-._~:/?=&%+,;!$'()*@]+$/,
    1_000,
  ),
  p256dh: (value: unknown) => bytes(65)(value) && Buffer.from(value as string, 'base64url')[0] === 4,
  auth: bytes(16),
}
const text: Check = (value) => typeof value === 'string' && value.length >= 1 && value.length <= 8_000

const lock = either(
  strict({ kind: one('word'), word: line(64), hint: orNull(line(120)) }),
  strict({ kind: one('link', 'paired') }),
)
const presser = { id, label: line(60), delayMs: integer(0, 3_600_000), addedAt: instant }
const document = strict({
  v: one(1),
  name,
  language,
  hotline,
  zone,
  situation: key,
  lead: orNull(id),
  contacts: list(
    strict({
      id,
      name: line(60),
      language,
      email: orNull(email),
      sms: orNull(phone),
      push: orNull(strict(push)),
      stop: secret,
      secret,
      invitedAt: orNull(instant),
      answer: orNull(strict({ n: integer(1, 1_000), at: instant })),
      clearedAt: orNull(instant),
      letter: strict({ id, version, secret, text, phrase: orNull(line(200)), lock }),
    }),
    0,
    12,
  ),
  pressers: list(
    either(
      strict({ ...presser, kind: one('phone', 'check-in'), secret: key }),
      strict({ ...presser, kind: one('person', 'card'), secret }),
    ),
    0,
    32,
  ),
  former: list(strict({ id, kind: one('phone', 'person', 'card', 'check-in'), label: line(60) }), 0, 64),
  wordsConfirmedAt: orNull(instant),
  practisedAt: orNull(instant),
  plan: orNull(version),
  rolledAfter: list(id, 0, 20),
})
const rosterLetter = strict({
  id,
  version,
  locks: list(one('paired', 'word', 'link'), 1, 3),
  secret: orNull(secret),
})
const roster = strict({
  v: one(1),
  name,
  hotline,
  zone,
  lead: orNull(id),
  contacts: list(
    strict({
      id,
      language,
      channels: list(
        either(
          strict({ kind: one('email'), address: email }),
          strict({ kind: one('sms'), number: phone }),
          strict({ kind: one('push'), ...push }),
        ),
        0,
        3,
      ),
      letter: rosterLetter,
      practice: orNull(rosterLetter),
      stop: secret,
    }),
    0,
    12,
  ),
})
const letter = strict({
  v: one(1),
  from: name,
  to: line(60),
  language,
  text,
  phrase: orNull(line(200)),
  hotline,
  lead: orNull(strict({ you: one(true, false), name: line(60) })),
  situation: key,
})
const practice = strict({ v: one(1), from: name, language, hotline })
const invitation = strict({
  v: one(1),
  from: name,
  to: line(60),
  language,
  email: orNull(email),
  taken: integer(0, 1_000),
  hotline,
  stop: secret,
})
const answer = strict({
  v: one(1),
  language,
  email: orNull(email),
  sms: orNull(phone),
  push: orNull(strict(push)),
})
const note = strict({ v: one(1), pressedAt: instant, name, note: orNull(line(200)) })
const position = strict({
  lat: integer(-90_000_000, 90_000_000),
  lon: integer(-180_000_000, 180_000_000),
  accuracyM: integer(0, 1_000_000),
})
const situation = strict({
  v: one(1),
  pressedAt: orNull(instant),
  place: orNull(line(120)),
  when: orNull(line(60)),
  what: orNull(line(400)),
  saw: one(true, false, null),
  position: orNull(position),
})
const cover = strict({
  v: one(1),
  kind: one('phone', 'person', 'card', 'check-in'),
  name: orNull(name),
  language,
  hotline,
  situation: key,
})
const record =
  (name: Check, value: Check, max: number): Check =>
  (members) =>
    typeof members === 'object' &&
    members !== null &&
    !Array.isArray(members) &&
    Object.keys(members).length <= max &&
    Object.entries(members).every(([key, one]) => name(key) && value(one))
const planName = matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 32)
const field: Check = (value) => typeof value === 'string' && value.length >= 1 && value.length <= 2_000
const plan = strict({
  v: one(1),
  sections: list(
    strict({ id: planName, at: instant, entries: list(record(planName, field, 32), 1, 12) }),
    0,
    16,
  ),
  shares: list(strict({ contact: id, sections: list(planName, 1, 16) }), 0, 12),
})
const steps = strict({
  v: one(1),
  pressedAt: instant,
  name: orNull(name),
  steps: record(matching(/^[a-z]+(-[a-z]+)*$/, 24), integer(1, 999), 48),
})
const CHECK_OF: Record<number, Check> = {
  1: document,
  2: roster,
  4: letter,
  5: practice,
  10: situation,
  11: note,
  12: invitation,
  13: answer,
  20: cover,
  16: plan,
  17: steps,
  18: strict({ v: one(1), root: secret, pin: one(true, false) }),
}

const textOf = (plain: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    return null
  }
}

/** The JSON inside kinds 1, 2, 4, 5, 10 to 13, 16 to 18, and 20. */
export const isContent = (kind: number, plain: Uint8Array): boolean => {
  try {
    return CHECK_OF[kind]!(JSON.parse(textOf(plain) ?? ''))
  } catch {
    return false
  }
}

export const isHint = (plain: Uint8Array): boolean => line(120)(textOf(plain))
