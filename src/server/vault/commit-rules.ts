import type { Refusal } from '../../protocol/codes.ts'
import { LETTERS_MAX } from '../../protocol/limits.ts'
import type { CommitRequest } from '../../protocol/vault.ts'
import { refuse } from '../refusal.ts'

/** What a commit is judged by (`protocol.md §7.1.1`). Pure: no I/O. */

/** Letters of closed and open alerts that a vault keeps beside its current ones. */
export const RELEASED_KEPT_MAX = 240

/** `current`: ids of the current letters. `released`: how many released letters are kept that are not current. */
export type CommitGround = {
  version: number
  lastCommit: string
  current: ReadonlySet<string>
  /** Ids of current letters that an alert has released: superseded, they stay. */
  currentReleased: ReadonlySet<string>
  released: number
  hasPlan: boolean
}

export type Judgement =
  | { kind: 'go' }
  | { kind: 'repeated'; version: number }
  | { kind: 'refused'; refusal: Refusal }

const hasTwice = (items: readonly string[]): boolean => new Set(items).size < items.length

/** What no vault accepts, whatever it holds. */
export const isMalformed = ({
  base,
  letters,
  keep,
  pressers,
  contacts,
  ticket,
  plan,
}: CommitRequest): boolean =>
  (base === 0 ? keep.length > 0 || plan === 'keep' : ticket !== null) ||
  letters.length + keep.length > LETTERS_MAX ||
  hasTwice([...letters.map(({ id }) => id), ...keep]) ||
  hasTwice(pressers.map(({ id }) => id)) ||
  hasTwice(pressers.map(({ hash }) => hash)) ||
  hasTwice(pressers.map(({ token }) => token)) ||
  hasTwice(contacts.map(({ id }) => id)) ||
  hasTwice(contacts.map(({ join }) => join)) ||
  letters.some(({ locks }) => hasTwice(locks.map(({ kind }) => kind)))

const refused = (refusal: Refusal): Judgement => ({ kind: 'refused', refusal })

/**
 * @param ground null for a vault that does not exist; the owner token has been checked before
 */
export const judgeCommit = (ground: CommitGround | null, request: CommitRequest): Judgement => {
  if (ground === null) {
    if (request.base !== 0) return refused(refuse('unknown'))
    return isMalformed(request) ? refused(refuse('malformed')) : { kind: 'go' }
  }
  if (ground.lastCommit === request.commit) return { kind: 'repeated', version: ground.version }
  if (ground.version !== request.base) return refused(refuse('conflict', { version: ground.version }))
  const hasNoPlan = request.plan === 'keep' && !ground.hasPlan
  if (isMalformed(request) || hasNoPlan || request.keep.some((id) => !ground.current.has(id))) {
    return refused(refuse('malformed'))
  }
  const kept = new Set(request.keep)
  const superseded = [...ground.currentReleased].filter((id) => !kept.has(id)).length
  return ground.released + superseded > RELEASED_KEPT_MAX ? refused(refuse('full')) : { kind: 'go' }
}
