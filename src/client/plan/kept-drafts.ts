import { vaultIdOf } from '../../crypto/root.ts'
import { toText } from '../../protocol/bytes.ts'
import { dropPlanDraft, readPlanDraft, type SectionDraft, writePlanDraft } from '../device/draft.ts'

/** What was typed into this vault's plan, as this phone keeps it. */

/** Of the key strokes that are on their way to the storage, the last. */
let writing: Promise<unknown> = Promise.resolve()

/** Null where nothing is kept, or nothing that can be read now: the app may have been locked meanwhile. */
const read = async (root: Uint8Array): Promise<SectionDraft[] | null> => {
  await writing
  const draft = await readPlanDraft()
  if (draft === null) return null
  return draft.vault === toText(vaultIdOf(root)) ? draft.sections : []
}

/** Also with what was typed a moment ago, on a page that has just been left. */
export const readDrafts = async (root: Uint8Array): Promise<SectionDraft[]> => (await read(root)) ?? []

/** Waits for nothing: the page may be gone in the next moment. @returns false if the phone could not keep it */
export const keepDrafts = (root: Uint8Array, sections: SectionDraft[]): Promise<boolean> => {
  const written = writePlanDraft({ v: 1, vault: toText(vaultIdOf(root)), sections })
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
  if (left.length === 0) await dropPlanDraft()
  else await keepDrafts(root, left)
}
