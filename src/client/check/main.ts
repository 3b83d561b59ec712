import { Language } from '../../protocol/fields.ts'
import { askHost } from '../vault/ask-host.ts'
import type { Says } from './says.ts'

/**
 * The one page that runs a script of somebody else's: Cloudflare's Turnstile, and only where the host has switched it on and the
 * app shows this page in a frame. It knows nothing and keeps nothing; its policy is its own (`public/_headers`).
 */
const API = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit'
/** The wide form of the check needs so much. */
const WIDE_PX = 300

/** The part of Turnstile that is used here, as Cloudflare documents it. */
type Turnstile = { render(container: HTMLElement, options: Record<string, unknown>): unknown }

const isFramed = globalThis.parent !== globalThis.window

const say = (says: Says): void => globalThis.parent.postMessage(says, globalThis.location.origin)
const fail = (): void => say({ kind: 'failed' })

const language = (): Language => {
  const parsed = Language.safeParse(globalThis.location.hash.slice(1))
  return parsed.success ? parsed.data : 'en'
}

const show = (siteKey: string): void => {
  const { turnstile } = globalThis as { turnstile?: Turnstile }
  const widget = document.getElementById('widget')
  if (turnstile === undefined || widget === null) {
    fail()
    return
  }
  try {
    turnstile.render(widget, {
      sitekey: siteKey,
      language: language(),
      size: globalThis.innerWidth < WIDE_PX ? 'compact' : 'flexible',
      callback: (token: string) => say({ kind: 'turnstile', token }),
      'error-callback': () => {
        fail()
        // Said by the app, in the words of the app.
        return true
      },
      'expired-callback': fail,
      'timeout-callback': fail,
      'unsupported-callback': fail,
      // The app asks whether to try again.
      retry: 'never',
      'refresh-expired': 'never',
      'refresh-timeout': 'never',
      'response-field': false,
      'feedback-enabled': false,
    })
    say({ kind: 'shown' })
  } catch {
    fail()
  }
}

const begin = async (): Promise<void> => {
  const siteKey = isFramed ? (await askHost())?.turnstile : null
  if (siteKey == null) {
    document.getElementById('nothing')?.removeAttribute('hidden')
    if (isFramed) fail()
    return
  }
  document.documentElement.lang = language()
  const script = document.createElement('script')
  script.src = API
  script.async = true
  script.onload = () => show(siteKey)
  script.onerror = fail
  document.head.append(script)
}

void begin()
