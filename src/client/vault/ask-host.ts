import { HostAnswer } from '../../protocol/host.ts'
import { HOST_ROUTE } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'

/** What this host sends with, and whom it lets in (`protocol.md §7.4`). Never throws. @returns null where it did not say */
export const askHost = async (): Promise<HostAnswer | null> => {
  const reply = await ask(HOST_ROUTE, '', HostAnswer, {
    fetch: (route, init) =>
      fetch(route, {
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
        signal: init?.signal ?? null,
      }),
  })
  return reply.kind === 'answer' ? reply.answer : null
}
