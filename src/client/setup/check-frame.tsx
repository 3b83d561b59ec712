import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { readSays, type TurnstileTicket } from '../check/says.ts'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'

/** So long the check may take to come up; how long a person then takes for it is up to her. */
const SHOWN_MS = 15_000

type Props = { onTicket: (ticket: TurnstileTicket) => void; onFailed: () => void }

/** The page `/check` in a frame: the only place for code that is not ours, and it is not in this page. */
export const CheckFrame = ({ onTicket, onFailed }: Props) => {
  const frame = useRef<HTMLIFrameElement>(null)
  const isShown = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(onFailed, SHOWN_MS)
    const hear = ({ source, origin, data }: MessageEvent): void => {
      if (source === null || source !== frame.current?.contentWindow) return
      if (origin !== globalThis.location.origin) return
      const says = readSays(data)
      if (says === null) return
      clearTimeout(timer)
      if (says.kind === 'turnstile') onTicket(says)
      else if (says.kind === 'failed') onFailed()
      else isShown.value = true
    }
    globalThis.addEventListener('message', hear)
    return () => {
      clearTimeout(timer)
      globalThis.removeEventListener('message', hear)
    }
  }, [])
  return (
    <>
      <p class="soft" role="status">
        {isShown.value ? '' : s('person-check.loading')}
      </p>
      <iframe
        ref={frame}
        class="check"
        title={s('person-check.frame')}
        src={`/check#${language.value}`}
        referrerpolicy="no-referrer"
      />
    </>
  )
}
