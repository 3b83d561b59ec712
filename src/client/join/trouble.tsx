import { t } from '../text/join-text.ts'
import { dayAndTimeOf } from '../text/language.ts'
import type { Trouble } from './answering.ts'

const saidOf = (trouble: Trouble): string =>
  trouble.result === 'wait'
    ? t('trouble.wait', { when: dayAndTimeOf(trouble.until) })
    : t(`trouble.${trouble.result}`)

/** Read out when it comes; the place stands in the page before that. */
export const Said = ({ trouble }: { trouble: Trouble | null }) => (
  <div aria-live="assertive">{trouble !== null && <p class="wrong">{saidOf(trouble)}</p>}</div>
)
