import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { missingIn, missingSecrets } from '../../tools/deploy-check.ts'
import { ROOT, withoutBuild } from '../../tools/wrangler.ts'
import { newVapidKeys } from '../support/push-rules.ts'

const COMPLETE = {
  vars: { AMPARO_ORIGIN: 'https://amparo.example.org', AMPARO_FROM: 'Amparo <alert@example.org>' },
  kv_namespaces: [{ binding: 'SEALED', id: '0123' }],
}
const said = (vars: Record<string, unknown>) =>
  missingIn({ ...COMPLETE, vars: { ...COMPLETE.vars, ...vars } }).map(({ what }) => what)

test('a complete configuration misses nothing', () => {
  expect(missingIn(COMPLETE)).toEqual([])
  expect(missingSecrets(['RESEND_API_KEY'])).toEqual([])
})

test.each([
  ['AMPARO_LOCAL', { AMPARO_LOCAL: '1' }],
  ['AMPARO_LOCAL', { AMPARO_LOCAL: '0' }],
  ['AMPARO_ORIGIN', { AMPARO_ORIGIN: undefined }],
  ['AMPARO_ORIGIN', { AMPARO_ORIGIN: 'http://amparo.example.org' }],
  ['AMPARO_ORIGIN', { AMPARO_ORIGIN: 'https://amparo.example.org/' }],
  ['AMPARO_FROM', { AMPARO_FROM: undefined }],
  ['AMPARO_FROM', { AMPARO_FROM: 'Amparo' }],
  ['RESEND_API_KEY', { RESEND_API_KEY: 're_1' }],
  ['TURNSTILE_SECRET', { TURNSTILE_SECRET: 's' }],
  ['WORKSHOP_KEY', { WORKSHOP_KEY: 'k' }],
  ['VAPID_PRIVATE_KEY', { VAPID_PRIVATE_KEY: 'k' }],
  ['VAPID_PUBLIC_KEY', { VAPID_PUBLIC_KEY: 'k' }],
  ['TWILIO_AUTH_TOKEN', { TWILIO_AUTH_TOKEN: 't' }],
  ['TWILIO_ACCOUNT_SID', { TWILIO_ACCOUNT_SID: 'me' }],
  ['TWILIO_FROM', { TWILIO_FROM: '555-0100' }],
])('%s wrong in wrangler.toml is said, and nothing else: %o', (name, vars) => {
  expect(said(vars)).toEqual([expect.stringContaining(name)])
})

test('a KV namespace without id, and secrets that are missing or do not belong, are said', () => {
  expect(missingIn({ ...COMPLETE, kv_namespaces: [{ binding: 'SEALED' }] })).toHaveLength(1)
  expect(missingSecrets([]).map(({ what }) => what)).toEqual([expect.stringContaining('RESEND_API_KEY')])
  expect(missingSecrets(['RESEND_API_KEY', 'AMPARO_LOCAL']).map(({ what }) => what)).toEqual([
    expect.stringContaining('AMPARO_LOCAL'),
  ])
})

test('the configuration without its build has every other line', async () => {
  const toml = await readFile(join(ROOT, 'wrangler.toml'), 'utf8')
  const lines = withoutBuild(toml).split('\n')
  expect(lines.filter((line) => /^\[build\]|^command|^watch_dir/.test(line))).toEqual([])
  const dropped = toml.split('\n').filter((line) => !lines.includes(line))
  expect(dropped.map((line) => line.split(' ')[0])).toEqual(['[build]', 'command', 'watch_dir'])
})

test('Turnstile is set whole, or not at all', () => {
  const said = (names: string[], vars = {}) =>
    missingSecrets(['RESEND_API_KEY', ...names], vars).map(({ what }) => what)
  const site = { TURNSTILE_SITE_KEY: 'site' }
  expect(said(['TURNSTILE_SECRET'], site)).toEqual([])
  expect(said(['TURNSTILE_SECRET', 'TURNSTILE_SITE_KEY'])).toEqual([])
  expect(said([], site)).toEqual([expect.stringContaining('without the secret TURNSTILE_SECRET')])
  expect(said(['TURNSTILE_SECRET'])).toEqual([expect.stringContaining('without TURNSTILE_SITE_KEY')])
})

test('the keys for pushes are set both, or not at all', async () => {
  const said = (names: string[], vars = {}) =>
    missingSecrets(['RESEND_API_KEY', ...names], vars).map(({ what }) => what)
  const { publicKey } = await newVapidKeys()
  expect(missingIn({ ...COMPLETE, vars: { ...COMPLETE.vars, VAPID_PUBLIC_KEY: publicKey } })).toEqual([])
  expect(said(['VAPID_PRIVATE_KEY'], { VAPID_PUBLIC_KEY: publicKey })).toEqual([])
  expect(said([], { VAPID_PUBLIC_KEY: publicKey })).toEqual([expect.stringContaining('only one is set')])
  expect(said(['VAPID_PRIVATE_KEY'])).toEqual([expect.stringContaining('only one is set')])
})

test('Twilio is set whole, or not at all', () => {
  const vars = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_FROM: '+15550100' }
  const said = (names: string[], of = {}) =>
    missingSecrets(['RESEND_API_KEY', ...names], of).map(({ what }) => what)
  expect(missingIn({ ...COMPLETE, vars: { ...COMPLETE.vars, ...vars } })).toEqual([])
  expect(said(['TWILIO_AUTH_TOKEN'], vars)).toEqual([])
  expect(said([], vars)).toEqual([expect.stringContaining('only TWILIO_ACCOUNT_SID, TWILIO_FROM is set')])
  expect(said(['TWILIO_AUTH_TOKEN'])).toEqual([expect.stringContaining('only TWILIO_AUTH_TOKEN is set')])
})
