import { signal } from '@preact/signals'
import type { HostAnswer } from '../../protocol/host.ts'
import { askHost as ask } from '../vault/ask-host.ts'

/** What this host sends with, and from where; null until it has said so. */
export const host = signal<HostAnswer | null>(null)

export const askHost = async (): Promise<void> => {
  host.value = (await ask()) ?? host.value
}
