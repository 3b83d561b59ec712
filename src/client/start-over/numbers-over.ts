import { openDocument } from '../../crypto/document.ts'
import { fromText } from '../../protocol/bytes.ts'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { readNumbers, renameNumbers } from '../device/numbers.ts'
import { readCache } from '../device/records.ts'

/**
 * Numbers that this phone keeps for the last resort stay with their people, who get other ids: what moves is in the order in which it stood. To be called
 * before this phone lets go of what it remembers of the old vault; where that has gone already, nothing is done.
 * @param from root of the vault that is left
 */
export const takeNumbersOver = async (
  from: string | null,
  contacts: readonly DocumentContact[],
): Promise<void> => {
  if (from === null || (await readNumbers()).length === 0) return
  const cache = await readCache()
  if (cache.kind !== 'record') return
  const { version, sealed } = cache.record
  const old = openDocument(fromText(from), version, fromText(sealed))
  const pairs = (old?.contacts ?? []).flatMap(({ id, name }, at) => {
    const next = contacts[at]
    return next?.name === name ? [[id, next.id] as const] : []
  })
  await renameNumbers(new Map(pairs))
}
