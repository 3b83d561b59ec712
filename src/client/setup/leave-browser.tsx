import { useSignal } from '@preact/signals'
import { isAndroid } from '../device/system.ts'
import { s } from '../text/setup-text.ts'
import { Heading, Top } from '../ui/page.tsx'

/** A browser inside another app, or one that keeps nothing: what is set up there would be gone on the day it is needed. */
export const LeaveBrowser = ({ forgets }: { forgets: boolean }) => {
  const copied = useSignal(false)
  const here = `${location.origin}/`
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(here)
      copied.value = true
    } catch {
      // The address stands on the page; it can be copied by hand.
    }
  }
  return (
    <>
      <Top title="Amparo" />
      <main>
        <Heading>{s(forgets ? 'leave.forgets' : 'leave.title')}</Heading>
        <p>{s(forgets ? 'leave.forgets.why' : 'leave.why')}</p>
        <p class="card">{s(isAndroid() ? 'leave.android' : 'leave.apple')}</p>
        <p class="letter">
          <bdi>{here}</bdi>
        </p>
        <div class="push stack" aria-live="polite">
          <button type="button" class="btn prime" onClick={copy}>
            {s(copied.value ? 'leave.copied' : 'leave.copy')}
          </button>
        </div>
      </main>
    </>
  )
}
