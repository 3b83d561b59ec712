import { hotlineOrFallback, isVerified } from '../../content/hotline.ts'
import { PhoneIcon } from '../ui/icons.tsx'

type Props = { hotline: string; label: string; notVerified: string }

/** The one call to make. Says so where nobody could make sure of the number. */
export const CallButton = ({ hotline, label, notVerified }: Props) => {
  const line = hotlineOrFallback(hotline)
  return (
    <div class="stack">
      <a class="btn call" href={`tel:${line.phone}`}>
        <PhoneIcon />
        <span>
          {label} <bdi class="number">{line.display}</bdi>
          <small>{line.name}</small>
        </span>
      </a>
      {!isVerified(line) && <p class="small soft">{notVerified}</p>}
    </div>
  )
}
