import { signal } from '@preact/signals'
import type { HostAnswer } from '../../protocol/host.ts'
import { askHost as ask } from '../vault/ask-host.ts'
import type { Offers } from './wanted.ts'

/** What this host sends with, and from where; null until it has said so. */
export const host = signal<HostAnswer | null>(null)

export const askHost = async (): Promise<void> => {
  host.value = (await ask()) ?? host.value
}

/** Until it has said what it sends with, mail is taken for granted; the service refuses what it cannot do. */
export const offers = (): Offers => {
  const channels = host.value?.channels ?? null
  return {
    mail: channels === null || channels.includes('email') || channels.includes('outbox'),
    texts: channels === null || channels.includes('sms'),
  }
}
