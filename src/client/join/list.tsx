import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t } from '../text/join-text.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { NextIcon } from '../ui/icons.tsx'
import { Heading } from '../ui/page.tsx'
import { read } from './answering.ts'
import { PastePart } from './paste-part.tsx'
import { owners, placeOf } from './stage.ts'
import type { Place } from './standing.ts'

/** A notification leads here, and does not say who pressed. */
const Alerted = ({ place }: { place: Place }) => {
  const pressedAt = useSignal<number | null>(null)
  useEffect(() => {
    void read(place).then((standing) => {
      const newest = 'result' in standing ? undefined : standing.letters[0]
      if (newest?.state === 'open') pressedAt.value = newest.pressedAt
    })
  }, [])
  return pressedAt.value === null ? null : (
    <small>{t('list.alert', { when: dayAndTimeOf(pressedAt.value) })}</small>
  )
}

/** Everybody whom this browser is there for. */
export const Owners = ({ onPick }: { onPick: (place: Place) => void }) => {
  const all = owners()
  if (all.length === 0) {
    return (
      <>
        <Heading>{t('none.title')}</Heading>
        <p>{t('none.body')}</p>
        <p class="card">{t('none.chat')}</p>
        <PastePart onPlace={onPick} />
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
              <span>
                {one.from}
                <Alerted place={placeOf(one)} />
              </span>
              <span class="next">
                <NextIcon />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="soft small">{t('list.more')}</p>
      <PastePart onPlace={onPick} />
    </>
  )
}
