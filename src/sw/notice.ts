/// <reference lib="webworker" />
import en from '../i18n/messages/push/en.json'
import es from '../i18n/messages/push/es.json'
import type { Language } from '../protocol/fields.ts'
import { PushPayload } from '../protocol/push.ts'

/**
 * What a push shows (`protocol.md §12`). Each push has to show something, also one that cannot be read, or the browser takes the
 * permission away. The words are here and not in the push: it can say nothing else, whoever sends it.
 */
const TEXTS = { en, es } satisfies Record<Language, Record<keyof typeof en, string>>

/** Where what is for the owner herself leads: to her check-ins, and to all that presses, behind the PIN where there is one. */
const OWN_PLACES: Partial<Record<PushPayload['kind'], string>> = {
  reminder: '/#/check-ins',
  due: '/#/check-ins',
  waiting: '/#/pressers',
}

type Notice = { title: string; options: NotificationOptions & { renotify?: boolean } }

const read = (text: string | undefined): PushPayload | null => {
  try {
    const parsed = PushPayload.safeParse(JSON.parse(text ?? ''))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** @param spoken the browser's language, where the push does not say one */
export const noticeOf = (data: string | undefined, spoken: string): Notice => {
  const payload = read(data)
  const language = payload?.language ?? (spoken.startsWith('es') ? 'es' : 'en')
  const kind = payload?.kind ?? 'news'
  const texts = TEXTS[language]
  return {
    title: texts[`${kind}.title`],
    options: {
      body: texts[`${kind}.body`],
      lang: language,
      data: (payload && OWN_PLACES[payload.kind]) ?? null,
      icon: '/icon-192.png',
      // Stays until somebody has seen it; a later one about the same alert takes its place, and is heard again.
      requireInteraction: kind !== 'clear',
      ...(payload === null ? {} : { tag: payload.mark, renotify: true }),
    },
  }
}

/** No link is in a push: the invitation that this browser keeps leads to the letter. */
export const openInvitations = async (clients: Clients): Promise<void> => {
  const windows = await clients.matchAll({ type: 'window' })
  const open = windows.find(({ url }) => new URL(url).pathname === '/join')
  // A page that was open before the alert does not know of it.
  const shown = (await open?.navigate('/join').catch(() => null)) ?? (await clients.openWindow('/join'))
  await shown?.focus().catch(() => undefined)
}

/** What is for the owner herself opens the app where it is answered. */
export const openNotice = async (clients: Clients, data: unknown): Promise<void> => {
  const place = Object.values(OWN_PLACES).find((one) => one === data)
  if (place === undefined) return openInvitations(clients)
  const shown = await clients.openWindow(place)
  await shown?.focus().catch(() => undefined)
}
