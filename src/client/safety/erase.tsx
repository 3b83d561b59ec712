import { useSignal } from '@preact/signals'
import { fromText } from '../../protocol/bytes.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { forgetAll } from '../device/forget.ts'
import { readOwner } from '../device/owner.ts'
import { s } from '../text/setup-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { Heading } from '../ui/page.tsx'
import { startAnew } from '../ui/start-anew.ts'
import { tellOwner, vault } from '../vault/session.ts'
import { troubleText } from '../vault/trouble.ts'
import { loadLeftOver } from './left-over.tsx'

/** The end of the vault: on the service first, then on this phone, so that what is left there can still be reached if the first fails. */
export const Erase = () => {
  const sure = useSignal(false)
  const busy = useSignal(false)
  const trouble = useSignal<string | null>(null)
  const erase = async (): Promise<void> => {
    busy.value = true
    trouble.value = null
    try {
      const owner = await readOwner()
      if (owner.kind === 'unreadable' || owner.kind === 'locked') {
        trouble.value = s('erase.unreadable')
        return
      }
      if (owner.kind === 'record') {
        const done = await tellOwner(ROUTES.delete, fromText(owner.record.root))
        const isGone = !done.ok && done.trouble === 'refused' && done.code === 'unknown'
        if (!done.ok && !isGone) {
          trouble.value = troubleText(done)
          return
        }
      }
      const showLeftOver = await loadLeftOver()
      const done = await forgetAll()
      vault.value = null
      if (done === 'gone') startAnew('/')
      else showLeftOver(done, true)
    } catch {
      trouble.value = s('trouble.phone')
    } finally {
      busy.value = false
    }
  }
  return (
    <>
      <BackTop to="more" />
      <main>
        <Heading>{s('more.erase')}</Heading>
        <p>{s('erase.body')}</p>
        <p class="soft">{s('erase.not')}</p>
        <label class="choice">
          <input
            type="checkbox"
            checked={sure.value}
            onChange={(event) => (sure.value = event.currentTarget.checked)}
          />
          <span>{s('erase.sure')}</span>
        </label>
        <div class="push stack">
          {trouble.value !== null && (
            <p class="wrong" role="alert">
              {trouble.value}
            </p>
          )}
          <button type="button" class="btn prime" disabled={!sure.value || busy.value} onClick={erase}>
            {s('erase.button')}
          </button>
          <a class="btn" href="#/more">
            {s('erase.no')}
          </a>
        </div>
      </main>
    </>
  )
}
