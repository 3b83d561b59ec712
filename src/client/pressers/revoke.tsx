import { signal, useSignal } from '@preact/signals'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import { lookAtCheckIns } from '../check-ins/look.ts'
import { replaceCheckIns } from '../check-ins/presser.ts'
import { checkInsText } from '../text/check-ins-text.ts'
import { language } from '../text/language.ts'
import { pr } from '../text/pressers-text.ts'
import { tellThisAlone } from '../told/service.ts'
import { Dialog } from '../ui/dialog.tsx'
import { withoutPressers } from '../vault/document.ts'
import { type Opened, type Outcome, vault } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { lookAtOthers } from '../waiting/waiting.tsx'

/** The phone goes on being able to arm one without a PIN: by a key of which the service has not heard yet. */
const endCheckIns = async (onProgress: (done: number) => void): Promise<Outcome<Opened>> => {
  await checkInsText.load(language.value)
  const replaced = await replaceCheckIns(true, onProgress)
  if (replaced.ok) await lookAtCheckIns()
  return replaced
}

/** The phone that was taken away last, where it could not be said to the service that it is told of nothing any more. */
export const maybeTold = signal<string | null>(null)

/**
 * Ends a presser at once, whatever runs. A press that the service had first counts on (`protocol.md §7.10`): the owner is shown it, and the
 * way to stop it, above the page.
 */
type Props = { presser: DocumentPresser; onRevoked: () => void }

export const Revoke = ({ presser: { id, kind, label }, onRevoked }: Props) => {
  const asking = useSignal(false)
  const saving = useSaving()
  const revoke = async (): Promise<void> => {
    const done =
      kind === 'check-in'
        ? (await saving.run(endCheckIns))?.ok
        : await saving.save((document) => withoutPressers(document, [id]))
    if (done !== true) return
    if (kind === 'phone' && vault.value !== null)
      maybeTold.value = (await tellThisAlone(vault.value.root)) ? null : id
    onRevoked()
    await lookAtOthers().catch(() => undefined)
  }
  return (
    <>
      <button type="button" class="quiet" onClick={() => (asking.value = true)}>
        {pr(`revoke.${kind}`)}
      </button>
      {asking.value && (
        <Dialog title={pr(`revoke.${kind}`)} onClose={() => (asking.value = false)}>
          <p>{pr(`revoke.${kind}.body`, { label })}</p>
          {kind === 'phone' && <p>{pr('revoke.phone.told')}</p>}
          <p>{pr('revoke.first')}</p>
          <SavingNews saving={saving} />
          <button type="button" class="btn prime" disabled={saving.isBusy} onClick={() => void revoke()}>
            {pr('revoke.yes')}
          </button>
          <button type="button" class="btn" disabled={saving.isBusy} onClick={() => (asking.value = false)}>
            {pr('revoke.no')}
          </button>
        </Dialog>
      )}
    </>
  )
}
