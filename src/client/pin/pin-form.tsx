import { useSignal } from '@preact/signals'
import { n } from '../text/pin-text.ts'
import { setPin } from '../vault/pin.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { PinField } from './pin-field.tsx'
import { type PinProblem, pinProblem } from './weak.ts'

/** A PIN, typed twice; and, where it is wanted, a second one under which there is nothing. */
export const PinForm = ({ onDone }: { onDone?: () => void }) => {
  const first = useSignal('')
  const again = useSignal('')
  const wantsSecond = useSignal(false)
  const second = useSignal('')
  const secondAgain = useSignal('')
  const checked = useSignal(false)
  const saving = useSaving()
  const problem = pinProblem(first.value, again.value)
  const secondProblem: PinProblem | null = !wantsSecond.value
    ? null
    : second.value === first.value
      ? 'same'
      : pinProblem(second.value, secondAgain.value)
  /** What is wrong with a pair of fields, at the one that has to be typed anew. */
  const said = (of: PinProblem | null, at: 'first' | 'again'): string | null =>
    !checked.value || of === null || (of === 'other') !== (at === 'again') ? null : n(`problem.${of}`)
  const save = async (): Promise<void> => {
    checked.value = true
    if (problem !== null || secondProblem !== null) return
    const duress = wantsSecond.value ? second.value : null
    const done = await saving.run((onProgress) => setPin(first.value, duress, onProgress))
    if (done?.ok !== true) return
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
        {n('save')}
      </button>
    </form>
  )
}
