/** What kind of browser this is, as far as it decides what to say to a person. Guesses by name, which is all there is. */
const agent = (): string => globalThis.navigator.userAgent

/** Browsers inside other apps forget what they store, and have no way to install: leave them first. */
export const isInAppBrowser = (userAgent = agent()): boolean =>
  /FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Line\/|MicroMessenger|Snapchat|TikTok|musical_ly|BytedanceWebview|; wv\)/.test(
    userAgent,
  )

/** iPadOS says that it is a Mac; a Mac has no touch screen. */
export const isApplePhone = (
  userAgent = agent(),
  touchPoints = globalThis.navigator.maxTouchPoints,
): boolean => /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)

export const isAndroid = (userAgent = agent()): boolean => /Android/.test(userAgent)

export const isInstalled = (): boolean =>
  globalThis.matchMedia('(display-mode: standalone)').matches ||
  ('standalone' in globalThis.navigator && globalThis.navigator.standalone === true)
