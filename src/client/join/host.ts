import { signal } from '@preact/signals'
import { HostAnswer } from '../../protocol/host.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'

/** What this host sends with, and from where; null until it has said so. */
export const host = signal<HostAnswer | null>(null)

export const askHost = async (): Promise<void> => {
  const reply = await ask(ROUTES.host, '', HostAnswer, {
    fetch: (route) =>
      fetch(route, {
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      }),
  })
  if (reply.kind === 'answer') host.value = reply.answer
}
