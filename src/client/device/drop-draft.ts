import { phone } from './phone.ts'

/** A set-up that is over leaves nothing behind, or is dropped at the next start. Beside `draft.ts`, so that the button's page does not load what seals. */
export const dropSetupDraft = async (): Promise<void> =>
  (await phone()).delete('draft').catch(() => undefined)
