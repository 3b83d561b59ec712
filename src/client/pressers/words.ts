import type { ListedPress } from '../../protocol/presser.ts'
import type { DocumentPresser, VaultDocument } from '../../protocol/vault-document.ts'
import { pr } from '../text/pressers-text.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000

/** What may be chosen, by kind. Nothing shorter for a card: in less nobody sees on her phone that one is pressing. */
export const DELAYS_MS = {
  phone: [5_000, 10_000, 30_000],
  person: [0, 10_000, 60_000, 600_000],
  card: [60_000, 600_000, 1_800_000, 3_600_000],
} as const

export const delayText = (ms: number): string => {
  if (ms === 0) return pr('delay.none')
  if (ms < MINUTE_MS) return pr('delay.seconds', { seconds: Math.round(ms / SECOND_MS) })
  return pr('delay.minutes', { minutes: Math.round(ms / MINUTE_MS) })
}

export const kindText = ({ kind }: Pick<DocumentPresser, 'kind'>, isThis: boolean): string =>
  pr(isThis ? 'kind.this' : `kind.${kind}`)

export const stateText = ({ state, practice }: ListedPress): string =>
  pr(practice ? 'state.practice' : `state.${state}`)

/** This phone first, then as they were made; check-ins press without anybody and come last. */
export const inOrder = ({ pressers }: VaultDocument, own: string): DocumentPresser[] => {
  const rank = ({ id, kind }: DocumentPresser): number => (id === own ? 0 : kind === 'check-in' ? 2 : 1)
  return [...pressers].sort((a, b) => rank(a) - rank(b) || a.addedAt - b.addedAt)
}
