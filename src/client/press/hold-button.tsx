import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../text/app-text.ts'

export const HOLD_MS = 2_000
/** A screen reader cannot hold: it activates twice within this time instead. */
const TWICE_MS = 8_000

type Props = { label: string; practice?: boolean; onHeld: () => void }

/**
 * The button: held for two seconds by finger, mouse or key. A ring fills, the phone hums, and at its end, not at the release,
 * the press is made.
 */
export const HoldButton = ({ label, practice = false, onHeld }: Props) => {
  const button = useRef<HTMLButtonElement>(null)
  const frame = useRef(0)
  const startedAt = useRef<number | null>(null)
  const byKey = useRef(false)
  const left = useSignal(0)
  const armed = useSignal(false)

  const fill = (part: number): void => {
    button.current?.style.setProperty('--held', `${Math.round(part * 1000) / 10}%`)
  }
  const stop = (): void => {
    startedAt.current = null
    cancelAnimationFrame(frame.current)
    left.value = 0
    fill(0)
  }
  const step = (): void => {
    if (startedAt.current === null) return
    const held = performance.now() - startedAt.current
    if (held >= HOLD_MS) {
      stop()
      navigator.vibrate?.([90, 50, 90])
      onHeld()
      return
    }
    fill(held / HOLD_MS)
    left.value = Math.ceil((HOLD_MS - held) / 1000)
    frame.current = requestAnimationFrame(step)
  }
  const start = (isKey: boolean): void => {
    if (startedAt.current !== null) return
    byKey.current = isKey
    navigator.vibrate?.(30)
    startedAt.current = performance.now()
    step()
  }

  useEffect(() => stop, [])
  useEffect(() => {
    if (!armed.value) return
    const timer = setTimeout(() => {
      armed.value = false
    }, TWICE_MS)
    return () => clearTimeout(timer)
  }, [armed.value])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return
    event.preventDefault()
    if (!event.repeat) start(true)
  }
  /** A click without pointer or key comes from a screen reader or a switch: it arms first, and presses the second time. */
  const onClick = (event: MouseEvent): void => {
    if (event.detail !== 0) return
    if (!armed.value) {
      armed.value = true
      return
    }
    armed.value = false
    onHeld()
  }

  return (
    <button
      ref={button}
      type="button"
      class={`hold${practice ? ' practice' : ''}${left.value > 0 ? ' holding' : ''}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture?.(event.pointerId)
        start(false)
      }}
      onPointerUp={stop}
      onPointerCancel={stop}
      onLostPointerCapture={stop}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => {
        // Else the space bar's release counts as a click.
        event.preventDefault()
        stop()
      }}
      onBlur={({ relatedTarget }) => {
        // A heading that takes the focus as the page comes up takes no finger off the button; a key's release it would take along.
        if (byKey.current || relatedTarget === null) stop()
      }}
      onClick={onClick}
      onContextMenu={(event) => event.preventDefault()}
    >
      <span>
        {left.value > 0 ? t('hold.keep') : armed.value ? t('hold.again') : label}
        <small>{left.value > 0 ? t('hold.left', { seconds: left.value }) : t('hold.two')}</small>
      </span>
    </button>
  )
}
