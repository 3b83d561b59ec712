import { pr } from '../text/pressers-text.ts'
import { DELAYS_MS, delayText } from './words.ts'

/** How long a press waits, in which it can be taken back. */
type Props = { kind: keyof typeof DELAYS_MS; chosen: number; onChoose: (ms: number) => void }

export const DelayChoice = ({ kind, chosen, onChoose }: Props) => {
  const offered = [...new Set([...DELAYS_MS[kind], chosen])].sort((a, b) => a - b)
  return (
    <fieldset class="choices">
      <legend>{pr('delay')}</legend>
      {offered.map((ms) => (
        <label class="choice" key={ms}>
          <input type="radio" name="delay" checked={chosen === ms} onChange={() => onChoose(ms)} />
          <span>
            <b>{delayText(ms)}</b>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
