import { useSignal } from '@preact/signals'
import { render } from 'preact'
import { type Forgotten, goOnForgetting } from '../device/forget.ts'
import { e, erased } from '../text/erased-text.ts'
import { language } from '../text/language.ts'
import { Heading, Top } from '../ui/page.tsx'
import { QuickExit } from '../ui/quick-exit.tsx'
import { startAnew } from '../ui/start-anew.ts'

/** Who has asked that this phone be emptied is told where it was not. Never shown under a duress PIN. */
type Unfinished = Exclude<Forgotten, 'gone'>
type Props = { found: Unfinished; hasTold: boolean }

const LeftOver = ({ found, hasTold }: Props) => {
  const now = useSignal<Unfinished>(found)
  const isBusy = useSignal(false)
  const isStill = useSignal(false)
  const again = async (): Promise<void> => {
    isBusy.value = true
    isStill.value = false
    const done = await goOnForgetting().catch((): Forgotten => 'left')
    if (done === 'gone') return startAnew('/')
    now.value = done
    isStill.value = true
    isBusy.value = false
  }
  return (
    <>
      <Top title="Amparo" />
      <main>
        <Heading>{e('title')}</Heading>
        <p>{e(now.value === 'left' ? 'left' : 'hidden')}</p>
        {hasTold && <p>{e('service')}</p>}
        <h2>{e('what')}</h2>
        <ul class="plain">
          {(['what.tabs', 'what.space', 'what.browser'] as const).map((id) => (
            <li key={id}>{e(id)}</li>
          ))}
        </ul>
        <div class="push stack">
          {isStill.value && (
            <p class="wrong" role="alert">
              {e('still')}
            </p>
          )}
          <button type="button" class="btn prime" disabled={isBusy.value} onClick={() => void again()}>
            {e('again')}
          </button>
          <button type="button" class="btn" onClick={() => startAnew('/#/rights')}>
            {e('rights')}
          </button>
        </div>
      </main>
      <QuickExit />
    </>
  )
}

/**
 * Loaded before anything is erased: what is to be said must be there.
 * @returns what goes on once the phone was emptied; it takes the place of the whole app
 */
export const loadLeftOver = async () => {
  await erased.load(language.value)
  return (found: Unfinished, hasTold: boolean): void => {
    const root = globalThis.document.getElementById('app')
    if (root !== null) render(<LeftOver found={found} hasTold={hasTold} />, root)
  }
}
