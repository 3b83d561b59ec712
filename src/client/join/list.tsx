import { t } from '../text/join-text.ts'
import { NextIcon } from '../ui/icons.tsx'
import { Heading } from '../ui/page.tsx'
import { owners, placeOf } from './stage.ts'
import type { Place } from './standing.ts'

/** Everybody whom this browser is there for. */
export const Owners = ({ onPick }: { onPick: (place: Place) => void }) => {
  const all = owners()
  if (all.length === 0) {
    return (
      <>
        <Heading>{t('none.title')}</Heading>
        <p>{t('none.body')}</p>
        <p class="card">{t('none.chat')}</p>
      </>
    )
  }
  return (
    <>
      <Heading>{t('list.title')}</Heading>
      <ul class="list">
        {all.map((one) => (
          <li key={`${one.vault}${one.contact}`}>
            <button type="button" class="btn" onClick={() => onPick(placeOf(one))}>
              {one.from}
              <span class="next">
                <NextIcon />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="soft small">{t('list.more')}</p>
    </>
  )
}
