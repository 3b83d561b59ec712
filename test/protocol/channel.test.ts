import { describe, expect, test } from 'vitest'
import { PhoneNumber, PushEndpoint, PushTarget } from '../../src/protocol/channel.ts'

const isEndpoint = (text: string): boolean => PushEndpoint.safeParse(text).success

describe('an endpoint', () => {
  test.each([
    'https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b_-x',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABl_-x',
    'https://web.push.apple.com/QGuQyavXutnMHXMq0xGAFCRVbRMOGCPGLRGkGHzjCGXVy0pBXk',
    'https://wns2-by3p.notify.windows.com/w/?token=BQYAAADz%2fAbc%3d',
  ])('of a browser’s own push service is one: %s', (endpoint) => {
    expect(isEndpoint(endpoint)).toBe(true)
  })

  test.each([
    'http://fcm.googleapis.com/fcm/send/a',
    'https://fcm.googleapis.com:443/fcm/send/a',
    'https://user@fcm.googleapis.com/a',
    'https://fcm.googleapis.com@10.0.0.1/a',
    'https://fcm.googleapis.com.example.org/a',
    'https://fcm.googleapis.com\\@example.org/a',
    'https://evil-fcm.googleapis.com/a',
    'https://xpush.services.mozilla.com/a',
    'https://notify.windows.com/a',
    'https://example.org/.notify.windows.com/a',
    'https://example.org?.notify.windows.com/a',
    'https://[::1]/a',
    'https://localhost/a',
    'https://fcm.googleapis.com',
    'https://fcm.googleapis.com/a b',
    'https://fcm.googleapis.com/a\r\nHost: example.org',
    'https://fcm.googleapis.com/a#b',
    `https://fcm.googleapis.com/${'a'.repeat(1_000)}`,
    '',
  ])('of anybody else, or not quite as it should be, is none: %s', (endpoint) => {
    expect(isEndpoint(endpoint)).toBe(false)
  })

  test('that is taken leads to where it seems to lead', () => {
    const url = new URL('https://wns2-by3p.notify.windows.com/w/../../x?token=a')
    expect(isEndpoint(url.href)).toBe(true)
    expect(url.host).toBe('wns2-by3p.notify.windows.com')
  })
})

test('a browser’s keys are a long point and 16 bytes, and anything else is refused without a word', () => {
  const good = {
    endpoint: 'https://fcm.googleapis.com/a',
    p256dh: `BA${'A'.repeat(85)}`,
    auth: 'A'.repeat(22),
  }
  expect(PushTarget.safeParse(good).success).toBe(true)
  for (const wrong of [{ p256dh: 'k' }, { p256dh: `AA${'A'.repeat(85)}` }, { auth: 'A' }, { more: 1 }])
    expect(PushTarget.safeParse({ ...good, ...wrong }).success).toBe(false)
})

test.each([
  ['+15550142', true],
  ['+5215512345678', true],
  ['15550142', false],
  ['+05550142', false],
  ['+1 555 0142', false],
  ['+1234567890123456', false],
  ['+155501٤2', false],
  ['+1555\n0142', false],
])('the number %j is in E.164: %s', (text, isNumber) => {
  expect(PhoneNumber.safeParse(text).success).toBe(isNumber)
})
