import { describe, expect, test } from 'vitest'
import { isAndroid, isApplePhone, isInAppBrowser } from '../../src/client/device/system.ts'

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)'
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; Pixel 7)'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'

const BROWSERS = {
  'Safari on an iPhone': `${IPHONE} ${WEBKIT} Version/17.5 Mobile/15E148 Safari/604.1`,
  'Chrome on an iPhone': `${IPHONE} ${WEBKIT} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`,
  'Chrome on Android': `${ANDROID} ${CHROME}`,
  'Samsung Internet': `${ANDROID} AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
  'Firefox on Android': 'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0',
  'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Safari on a Mac': `${MAC} ${WEBKIT} Version/17.5 Safari/605.1.15`,
}
const IN_APPS = {
  'Facebook on an iPhone': `${IPHONE} ${WEBKIT} Mobile/15E148 [FBAN/FBIOS;FBAV/468.0.0.35.107;FBBV/606390447]`,
  'Facebook on Android': `Mozilla/5.0 (Linux; Android 14; Pixel 7 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/468.0]`,
  'Instagram on an iPhone': `${IPHONE} ${WEBKIT} Mobile/15E148 Instagram 335.0.8.26.85`,
  'TikTok on Android': `${ANDROID} ${CHROME} musical_ly_2022803040 BytedanceWebview/d8a21c6`,
  'WhatsApp on an iPhone': `${IPHONE} ${WEBKIT} Mobile/15E148 WhatsApp/24.11`,
  'WeChat on an iPhone': `${IPHONE} ${WEBKIT} Mobile/15E148 MicroMessenger/8.0.49`,
  'LINE on an iPhone': `${IPHONE} ${WEBKIT} Mobile/15E148 Safari Line/14.9.0`,
  'any web view of Android': `Mozilla/5.0 (Linux; Android 13; SM-A135U Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36`,
}

describe('a browser inside another app', () => {
  test.each(Object.entries(IN_APPS))('is known: %s', (_, agent) => expect(isInAppBrowser(agent)).toBe(true))
  test.each(Object.entries(BROWSERS))('is not: %s', (_, agent) => expect(isInAppBrowser(agent)).toBe(false))
})

test('an iPhone and an iPad are to be installed on first, which a Mac with its one touch point is not', () => {
  expect(isApplePhone(BROWSERS['Safari on an iPhone'], 5)).toBe(true)
  // iPadOS says that it is a Mac.
  expect(isApplePhone(BROWSERS['Safari on a Mac'], 5)).toBe(true)
  expect(isApplePhone(BROWSERS['Safari on a Mac'], 0)).toBe(false)
  expect(isApplePhone(BROWSERS['Chrome on Android'], 5)).toBe(false)
})

test('Android is known by its name', () => {
  expect(isAndroid(BROWSERS['Chrome on Android'])).toBe(true)
  expect(isAndroid(BROWSERS['Safari on an iPhone'])).toBe(false)
})
