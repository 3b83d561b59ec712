import { computed, effect, signal } from '@preact/signals'
import { vaultIdOf } from '../../crypto/root.ts'
import { toText } from '../../protocol/bytes.ts'
import {
  dropPlanDraft,
  type PlanDraft,
  readPlanDraft,
  type SectionDraft,
  writePlanDraft,
} from '../device/draft.ts'
import { vault } from '../vault/session.ts'

/** What was typed into this vault's plan, as this phone keeps it. */

/** What this phone had no room for: in this page alone, until it is stored or the app is locked. */
const held = signal<PlanDraft | null>(null)
export const unkept = computed(() => held.value !== null)
effect(() => {
  if (vault.value === null) held.value = null
})

let strokes = 0
/** Of the key strokes that are on their way to the storage, the last. */
let writing: Promise<unknown> = Promise.resolve()

/** Null where nothing is kept, or nothing that can be read now: the app may have been locked meanwhile. */
const read = async (root: Uint8Array): Promise<SectionDraft[] | null> => {
  await writing
  const draft = held.value ?? (await readPlanDraft())
  if (draft === null) return null
  return draft.vault === toText(vaultIdOf(root)) ? draft.sections : []
}

/** Also with what was typed a moment ago, on a page that has just been left. */
export const readDrafts = async (root: Uint8Array): Promise<SectionDraft[]> => (await read(root)) ?? []

/** Waits for nothing: the page may be gone in the next moment. @returns false if the phone could not keep it */
export const keepDrafts = (root: Uint8Array, sections: SectionDraft[]): Promise<boolean> => {
  const draft: PlanDraft = { v: 1, vault: toText(vaultIdOf(root)), sections }
  strokes += 1
  const mine = strokes
  const written = writePlanDraft(draft).then((isKept) => {
    if (mine === strokes) held.value = isKept || vault.value === null ? null : draft
    return isKept
  })
  writing = written
  return written
}

/** Once something of it was stored: what is left, or nothing. What cannot be read now is not dropped. */
export const keepLeft = async (
  root: Uint8Array,
  leftOf: (kept: readonly SectionDraft[]) => SectionDraft[],
): Promise<void> => {
  const kept = await read(root)
  if (kept === null) return
  const left = leftOf(kept)
  if (left.length > 0) {
    await keepDrafts(root, left)
    return
  }
  strokes += 1
  held.value = null
  await dropPlanDraft()
}
