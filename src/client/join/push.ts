import { fromText, toText } from '../../protocol/bytes.ts'
import { PushTarget } from '../../protocol/channel.ts'
import { isApplePhone, isInAppBrowser, isInstalled } from '../device/system.ts'

/** What this browser can do about notifications, and how it is asked (`protocol.md §12`). Nothing is asked but at a tap. */

/** `install`: on an iPhone only an app on the home screen is pushed to. */
export type Ability = 'can' | 'install' | 'blocked' | 'cannot'

export const abilityOf = (): Ability => {
  if (isInAppBrowser()) return 'cannot'
  if (isApplePhone() && !isInstalled()) return 'install'
  const { Notification, PushManager } = globalThis as Partial<typeof globalThis>
  if (Notification === undefined || PushManager === undefined) return 'cannot'
  if (!('serviceWorker' in navigator)) return 'cannot'
  return Notification.permission === 'denied' ? 'blocked' : 'can'
}

const targetOf = (subscription: PushSubscription): PushTarget | null => {
  const { endpoint, keys } = subscription.toJSON()
  // With padding in some browsers.
  const [p256dh, auth] = [keys?.p256dh, keys?.auth].map((key) => key?.replace(/=+$/, ''))
  const parsed = PushTarget.safeParse({ endpoint, p256dh, auth })
  return parsed.success ? parsed.data : null
}

const isOf = ({ options }: PushSubscription, hostKey: string): boolean =>
  options.applicationServerKey !== null && toText(new Uint8Array(options.applicationServerKey)) === hostKey

/** What this browser has said yes to before, to this host; null for nothing, or nothing any more. */
export const subscribed = async (hostKey: string): Promise<PushTarget | null> => {
  try {
    const registration = await navigator.serviceWorker.getRegistration('/')
    const subscription = await registration?.pushManager.getSubscription()
    return subscription && isOf(subscription, hostKey) ? targetOf(subscription) : null
  } catch {
    return null
  }
}

export type Subscribed =
  | { result: 'on'; push: PushTarget }
  /** `other`: its push service is none that this host calls. */
  | { result: 'blocked' | 'failed' | 'other' }

/** The permission first, while the tap still counts as one. */
export const subscribe = async (hostKey: string): Promise<Subscribed> => {
  try {
    if ((await Notification.requestPermission()) !== 'granted') return { result: 'blocked' }
    await navigator.serviceWorker.register('/sw.js')
    const { pushManager } = await navigator.serviceWorker.ready
    const known = await pushManager.getSubscription()
    // Made for a key that the host has no more.
    if (known !== null && !isOf(known, hostKey)) await known.unsubscribe()
    const applicationServerKey = Uint8Array.from(fromText(hostKey))
    const push = targetOf(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }))
    return push === null ? { result: 'other' } : { result: 'on', push }
  } catch {
    return { result: 'failed' }
  }
}
