import type { ComponentChildren } from 'preact'
import { s } from '../text/setup-text.ts'
import { back } from './draft-state.ts'

type Props = { onNext: () => void; next?: string; busy?: boolean; children?: ComponentChildren }

/** The lower edge of a step: back and on, in reach of a thumb. */
export const StepEnd = ({ onNext, next = s('wizard.next'), busy = false, children }: Props) => (
  <div class="push stack">
    {children}
    <div class="row">
      <button type="button" class="btn" disabled={busy} onClick={back}>
        {s('wizard.back')}
      </button>
      <button type="button" class="btn prime" disabled={busy} onClick={onNext}>
        {next}
      </button>
    </div>
  </div>
)
