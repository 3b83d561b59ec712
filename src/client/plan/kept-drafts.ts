import { vaultIdOf } from '../../crypto/root.ts'
import { toText } from '../../protocol/bytes.ts'
import { dropPlanDraft, readPlanDraft, type SectionDraft, writePlanDraft } from '../device/draft.ts'

/** What was typed into this vault's plan, as this phone keeps it. */
export const readDrafts = async (root: Uint8Array): Promise<SectionDraft[]> => {
  const draft = await readPlanDraft()
  return draft?.vault === toText(vaultIdOf(root)) ? draft.sections : []
}

/** @returns false if the phone could not keep it */
export const writeDrafts = async (root: Uint8Array, sections: SectionDraft[]): Promise<boolean> => {
  if (sections.length > 0) return writePlanDraft({ v: 1, vault: toText(vaultIdOf(root)), sections })
  return dropPlanDraft().then(
    () => true,
    () => false,
  )
}
