import { numberOf } from '../../content/number.ts'
import type { StepWords } from './words.ts'

type Props = { phone: string; label: string; government: boolean; words: StepWords }

/** A number to tap. Of a government it is said so: nobody shall take it for a helper's. */
export const Call = ({ phone, label, government, words: { t } }: Props) => (
  <>
    <a class="btn" href={`tel:${phone}`}>
      <span>
        {label}
        <small>
          <bdi>{numberOf(phone)}</bdi>
        </small>
      </span>
    </a>
    {government && <p class="small">{t('government')}</p>}
  </>
)
