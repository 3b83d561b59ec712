import { useSignal } from '@preact/signals'
import { timeOf } from '../text/language.ts'
import { n } from '../text/pin-text.ts'
import { Working } from '../ui/working.tsx'
import { type Tried, tryPin } from '../vault/pin.ts'
import { PinField } from './pin-field.tsx'
import { isPin } from './weak.ts'

type Props = {
  button: string
  /** The right one. */
  onRoot: (root: Uint8Array) => Promise<void> | void
  /** The one under which there is nothing. */
  onNothing: () => Promise<void> | void
}

const MINUTE_MS = 60_000
const minutesOf = (ms: number): number => Math.ceil(ms / MINUTE_MS)
const waitText = (waitMs: number): string =>
  n('wait', { minutes: minutesOf(waitMs), time: timeOf(Date.now() + waitMs) })

/** What there is to say of a try that opened nothing. */
export const triedText = (tried: Exclude<Tried, { kind: 'root' | 'nothing' }>): string => {
  switch (tried.kind) {
    case 'wrong': {
      const left = tried.triesLeft === null ? '' : n('wrong.left', { left: tried.triesLeft })
      return [n('wrong'), left, tried.waitMs > 0 ? waitText(tried.waitMs) : ''].filter(Boolean).join(' ')
    }
    case 'wait':
      return waitText(tried.waitMs)
    case 'gone':
      return n('gone')
    case 'odd':
      return n('odd')
    case 'no-line':
      return n('no-line')
    case 'later':
      return n('later')
  }
}

/** Asks for the PIN of this phone. */
export const PinEntry = ({ button, onRoot, onNothing }: Props) => {
  const typed = useSignal('')
  const done = useSignal<number | null>(null)
  const trouble = useSignal<string | null>(null)
  const enter = async (): Promise<void> => {
    if (done.value !== null) return
    if (!isPin(typed.value)) {
      trouble.value = n('field.help')
      return
    }
    trouble.value = null
    done.value = 0
    try {
      const tried = await tryPin(typed.value, (part) => (done.value = part))
      if (tried.kind === 'root') await onRoot(tried.root)
      else if (tried.kind === 'nothing') await onNothing()
      else trouble.value = triedText(tried)
      typed.value = ''
    } catch {
      trouble.value = n('later')
    } finally {
      done.value = null
    }
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void enter()
      }}
    >
      <PinField
        id="pin"
        label={n('field')}
        value={typed.value}
        wrong={trouble.value}
        onType={(digits) => (typed.value = digits)}
      />
      {done.value !== null && <Working label={n('working')} done={done.value} />}
      <button type="submit" class="btn prime" disabled={done.value !== null}>
        {button}
      </button>
    </form>
  )
}
