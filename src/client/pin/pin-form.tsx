import { useSignal } from '@preact/signals'
import { pinSet } from '../device/locked.ts'
import { n } from '../text/pin-text.ts'
import { type NewPin, setPin } from '../vault/pin.ts'
import type { Outcome } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { isNear } from './near.ts'
import { PinField } from './pin-field.tsx'
import { isPin, type PinProblem, pinProblem } from './weak.ts'

type Props = {
  onDone?: () => void
  /** Other than setting it on this phone at once. */
  save?: (pin: NewPin, onProgress: (done: number) => void) => Promise<Outcome<unknown>>
  /** Whether it is one that must not be taken again. */
  isSeen?: (pin: string) => Promise<boolean>
  /** What the button says, where more happens than that a PIN is set. */
  button?: string
}

const setNow: NonNullable<Props['save']> = ({ pin, duress }, onProgress) => setPin(pin, duress, onProgress)

/** A PIN, typed twice; and, where it is wanted, a second one under which there is nothing. */
export const PinForm = ({ onDone, save: keep = setNow, isSeen, button = n('save') }: Props) => {
  const first = useSignal('')
  const again = useSignal('')
  const wantsSecond = useSignal(false)
  const second = useSignal('')
  const secondAgain = useSignal('')
  const checked = useSignal(false)
  const seen = useSignal<string | null>(null)
  const saving = useSaving()
  const problem =
    first.value !== '' && first.value === seen.value ? 'seen' : pinProblem(first.value, again.value)
  const secondProblem: PinProblem | null = !wantsSecond.value
    ? null
    : second.value === first.value
      ? 'same'
      : isPin(second.value) && isNear(first.value, second.value)
        ? 'near'
        : pinProblem(second.value, secondAgain.value)
  /** What is wrong with a pair of fields, at the one that has to be typed anew. */
  const said = (of: PinProblem | null, at: 'first' | 'again'): string | null =>
    !checked.value || of === null || (of === 'other') !== (at === 'again') ? null : n(`problem.${of}`)
  const save = async (): Promise<void> => {
    checked.value = true
    if (problem !== null || secondProblem !== null) return
    const duress = wantsSecond.value ? second.value : null
    const pin = first.value
    const done = await saving.run(async (onProgress): Promise<Outcome<unknown>> => {
      if ((await isSeen?.(pin)) !== true) return keep({ pin, duress }, onProgress)
      seen.value = pin
      return { ok: true, value: null }
    })
    if (done?.ok !== true || seen.value === pin) return
    for (const typed of [first, again, second, secondAgain]) typed.value = ''
    checked.value = false
    onDone?.()
  }
  const type = (into: typeof first) => (digits: string) => {
    into.value = digits
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <PinField
        id="pin-new"
        label={n('new')}
        value={first.value}
        onType={type(first)}
        wrong={said(problem, 'first')}
      />
      <PinField
        id="pin-again"
        label={n('again')}
        value={again.value}
        onType={type(again)}
        help={n('again.help')}
        wrong={said(problem, 'again')}
      />
      {pinSet.value && <p class="small">{n('second.anew')}</p>}
      <label class="choice">
        <input
          type="checkbox"
          checked={wantsSecond.value}
          onChange={(event) => (wantsSecond.value = event.currentTarget.checked)}
        />
        <span>
          {n('second')}
          <br />
          <span class="small soft">{n('second.body')}</span>
        </span>
      </label>
      {wantsSecond.value && (
        <>
          <p class="light amber">
            <span class="dot" />
            <span>{n('second.warn')}</span>
          </p>
          <PinField
            id="second-new"
            label={n('second.new')}
            value={second.value}
            onType={type(second)}
            wrong={said(secondProblem, 'first')}
          />
          <PinField
            id="second-again"
            label={n('second.again')}
            value={secondAgain.value}
            onType={type(secondAgain)}
            help={n('again.help')}
            wrong={said(secondProblem, 'again')}
          />
        </>
      )}
      <p class="soft small">{n('forget')}</p>
      <SavingNews saving={saving} />
      <button type="submit" class="btn prime" disabled={saving.isBusy}>
        {button}
      </button>
    </form>
  )
}
