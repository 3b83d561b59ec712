import { useSignal } from '@preact/signals'
import { fromWords } from '../../crypto/recovery-words.ts'
import { vaultIdOf } from '../../crypto/root.ts'
import { toText } from '../../protocol/bytes.ts'
import { press } from '../device/records.ts'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { replace } from '../ui/route.ts'
import { Working } from '../ui/working.tsx'
import { restoreVault } from '../vault/restore.ts'
import { troubleText } from '../vault/trouble.ts'

/** On a new phone: the twelve words bring everything back, and the old phone's button stops working in the same step. */
export const Restore = () => {
  const typed = useSignal('')
  const busy = useSignal(false)
  const trouble = useSignal<string | null>(null)
  const replacing = useSignal(false)
  const restore = async (isSure: boolean): Promise<void> => {
    const root = fromWords(typed.value)
    if (root === null) {
      trouble.value = s('restore.wrong')
      return
    }
    replacing.value = !isSure && press.value !== null && press.value.vault !== toText(vaultIdOf(root))
    if (replacing.value) return
    busy.value = true
    trouble.value = null
    try {
      const restored = await restoreVault(root, s('presser.this'))
      if (restored.ok) {
        replace('')
        return
      }
      trouble.value =
        restored.trouble === 'refused' && restored.code === 'unknown'
          ? s('restore.unknown')
          : troubleText(restored)
    } catch {
      trouble.value = s('trouble.phone')
    } finally {
      busy.value = false
    }
  }
  return (
    <>
      <BackTop to="" />
      <main>
        <Heading>{s('restore.title')}</Heading>
        <p class="soft">{s('restore.body')}</p>
        <Field id="twelve" label={s('restore.label')} wrong={trouble.value}>
          {(attributes) => (
            <textarea
              {...attributes}
              lang={language.value}
              value={typed.value}
              autocomplete="off"
              form="unkept"
              autocapitalize="none"
              spellcheck={false}
              onInput={(event) => {
                typed.value = event.currentTarget.value
              }}
            />
          )}
        </Field>
        <p class="light amber">
          <span class="dot" />
          <span>{s('restore.old')}</span>
        </p>
        <div class="push stack">
          {busy.value && <Working label={s('restore.busy')} done={0.5} />}
          <button type="button" class="btn prime" disabled={busy.value} onClick={() => void restore(false)}>
            {s('restore.button')}
          </button>
        </div>
        {replacing.value && (
          <Dialog title={s('restore.other.title')} onClose={() => (replacing.value = false)}>
            <p>{s('restore.other.body')}</p>
            <button type="button" class="btn prime" onClick={() => void restore(true)}>
              {s('restore.other.yes')}
            </button>
            <button type="button" class="btn" onClick={() => (replacing.value = false)}>
              {s('restore.other.no')}
            </button>
          </Dialog>
        )}
      </main>
    </>
  )
}
