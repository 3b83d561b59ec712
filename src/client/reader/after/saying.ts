import { signal } from '@preact/signals'
import { sealNote } from '../../../crypto/note.ts'
import { fromText, toText } from '../../../protocol/bytes.ts'
import type { ContactNote } from '../../../protocol/contact-note.ts'
import { DoneAnswer } from '../../../protocol/done.ts'
import { LETTER_ROUTES } from '../../../protocol/routes.ts'
import { ask } from '../../../queue/ask.ts'
import { random } from '../../vault/random.ts'
import { link } from '../first-request.ts'
import { gone, opened, openerOf, refresh, standing } from './standing.ts'

/**
 * "I am on it", and that taken back. Nothing counts as said before the service has said so; the same words sent again are the same
 * request, byte for byte.
 */
export type Said = 'done' | 'not-sent' | 'changed' | 'closed'
export type Words = Pick<ContactNote, 'name' | 'note'>

/** Words that were sent, and of which nobody knows whether they arrived. */
let pending: { body: string; key: string } | null = null

const bodyFor = (words: Words | null): string | null => {
  const open = opened()
  const now = standing.value
  const opener = open === null ? null : openerOf(open)
  if (open === null || now === null || opener === null || link === null) return null
  const { pressedAt } = now.alert
  const head = { ...opener, pressedAt, after: now.said }
  const key = JSON.stringify([head, words])
  if (pending?.key === key) return pending.body
  const { vault } = link
  const sealed = (note: Words): string =>
    toText(sealNote(fromText(open.letter.situation), vault, { v: 1, pressedAt, ...note }, random))
  const body = JSON.stringify(
    words === null ? { ...head, kind: 'not-on-it' } : { ...head, kind: 'on-it', sealed: sealed(words) },
  )
  pending = { body, key }
  return body
}

/** @param words null takes them back */
export const say = async (words: Words | null): Promise<Said> => {
  if (standing.value === null && !(await refresh())) return 'not-sent'
  const body = bodyFor(words)
  if (body === null) return 'not-sent'
  const reply = await ask(LETTER_ROUTES.receipt, body, DoneAnswer)
  if (reply.kind === 'answer') {
    pending = null
    // Only what the service shows from here on is on the screen.
    return (await refresh()) || (await refresh()) ? 'done' : 'not-sent'
  }
  if (reply.kind === 'none') return 'not-sent'
  const { error } = reply.refusal
  if (error === 'unknown') gone.value = true
  if (error === 'conflict' || error === 'closed') await refresh()
  return error === 'conflict' ? 'changed' : error === 'closed' ? 'closed' : 'not-sent'
}

const DRAFT_KEY = 'amparo/on-it'
export type Draft = { name: string; note: string }
export const draft = signal<Draft>({ name: '', note: '' })

/** A reload or a discarded tab loses no word; another letter finds none. */
export const readDraft = (): void => {
  try {
    const kept: unknown = JSON.parse(globalThis.sessionStorage.getItem(DRAFT_KEY) ?? 'null')
    if (!Array.isArray(kept) || link === null || kept[0] !== toText(link.id)) return
    draft.value = { name: String(kept[1]), note: String(kept[2]) }
  } catch {
    // It is written anew.
  }
}

export const keepDraft = (changed: Draft): void => {
  draft.value = changed
  try {
    if (link === null) return
    globalThis.sessionStorage.setItem(
      DRAFT_KEY,
      JSON.stringify([toText(link.id), changed.name, changed.note]),
    )
  } catch {
    // It stays on the screen.
  }
}

export const dropDraft = (): void => {
  draft.value = { name: '', note: '' }
  try {
    globalThis.sessionStorage.removeItem(DRAFT_KEY)
  } catch {
    // There was none.
  }
}
