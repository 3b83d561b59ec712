import { useEffect } from 'preact/hooks'
import { isInAppBrowser } from '../device/system.ts'
import { s } from '../text/setup-text.ts'
import { Heading, Top } from '../ui/page.tsx'
import { back, beginDraft, draft, lasting, safe } from './draft-state.ts'
import { LeaveBrowser } from './leave-browser.tsx'
import { StepContact } from './step-contact.tsx'
import { StepLetter } from './step-letter.tsx'
import { StepWord } from './step-word.tsx'
import { StepYou } from './step-you.tsx'
import { Welcome } from './welcome.tsx'

/** First contact in three minutes: who you are, whom to tell, the letter, the word. Everything else later. */
const STEPS = 4
const AGAIN_MS = 1_000

const onPop = (): void => {
  if (draft.value !== null && draft.value.step > 0) back()
}

const Progress = ({ step }: { step: number }) => (
  <progress class="progress" max={STEPS} value={step} aria-label={s('wizard.of', { step, steps: STEPS })} />
)

export const Wizard = () => {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const begin = (): void => {
      // A storage that does not answer now is asked again: there is nothing to show without it.
      beginDraft().catch(() => {
        timer = setTimeout(begin, AGAIN_MS)
      })
    }
    if (draft.value === null) begin()
    globalThis.addEventListener('popstate', onPop)
    return () => {
      clearTimeout(timer)
      globalThis.removeEventListener('popstate', onPop)
    }
  }, [])
  const now = draft.value
  if (now === null) return null
  if (isInAppBrowser() || !lasting.value) return <LeaveBrowser forgets={!lasting.value} />
  if (now.step === 0) return <Welcome />
  return (
    <>
      <Top
        title="Amparo"
        side={<span class="soft small">{s('wizard.of', { step: now.step, steps: STEPS })}</span>}
      />
      <main key={now.step}>
        <Progress step={now.step} />
        {!safe.value && (
          <p class="wrong" role="alert">
            {s('draft.unsafe')}
          </p>
        )}
        {now.step !== 4 && <Heading>{s(`step.${now.step as 1 | 2 | 3}.title`)}</Heading>}
        {now.step === 1 && <StepYou draft={now} />}
        {now.step === 2 && <StepContact draft={now} />}
        {now.step === 3 && <StepLetter draft={now} />}
        {now.step === 4 && <StepWord draft={now} />}
      </main>
    </>
  )
}
