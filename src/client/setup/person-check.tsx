import type { TurnstileTicket } from '../check/says.ts'
import { s } from '../text/setup-text.ts'
import { Heading } from '../ui/page.tsx'
import { CheckFrame } from './check-frame.tsx'

/** `asked`: the check is there, or about to be. `failed`: it gave no token. `refused`: the service did not take its token. */
export type Checking = 'asked' | 'failed' | 'refused'

type Props = {
  now: Checking
  onTicket: (ticket: TurnstileTicket) => void
  onFailed: () => void
  onAgain: () => void
  onCode: () => void
  onBack: () => void
}

/** Where the host wants to be sure that a person sets up (`protocol.md §7.6`): in the place of the last step, until that is known. */
export const PersonCheck = ({ now, onTicket, onFailed, onAgain, onCode, onBack }: Props) => (
  <>
    <Heading>{s('person-check.title')}</Heading>
    <p class="soft">{s('person-check.why')}</p>
    {now === 'asked' ? (
      <CheckFrame onTicket={onTicket} onFailed={onFailed} />
    ) : (
      <p class="wrong" role="alert">
        {s(`person-check.${now}`)}
      </p>
    )}
    <div class="push stack">
      <button type="button" class="quiet" onClick={onCode}>
        {s('person-check.code')}
      </button>
      <div class="row">
        <button type="button" class="btn" onClick={onBack}>
          {s('wizard.back')}
        </button>
        {now !== 'asked' && (
          <button type="button" class="btn prime" onClick={onAgain}>
            {s('person-check.again')}
          </button>
        )}
      </div>
    </div>
  </>
)
