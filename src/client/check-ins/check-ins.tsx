import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { readCheckIn } from '../device/check-in.ts'
import { press } from '../device/records.ts'
import { c } from '../text/check-ins-text.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { Heading, Top } from '../ui/page.tsx'
import { ArmForm, draft, startDraft } from './arm-form.tsx'
import { CheckInCard } from './check-in-card.tsx'
import { tellNews } from './look.ts'
import { type Listed, listCheckIns } from './presser.ts'
import { known, serviceNow } from './service.ts'

const LOOK_MS = 30_000
/** More than a slow answer makes of it. */
const SKEW_MS = 3 * 60_000

type Seen = 'looking' | 'none' | Listed

const look = async (): Promise<Seen> => {
  const record = await readCheckIn()
  const vault = press.value?.vault
  if (record === null || vault === undefined) return 'none'
  const listed = await listCheckIns(vault, record.key)
  tellNews()
  return listed
}

/** All check-ins of this owner, and a new one. The service's word is asked for again while the page is open. */
export const CheckIns = () => {
  const seen = useSignal<Seen>('looking')
  useEffect(() => {
    const lookAgain = (): void => {
      void look()
        .catch((): Seen => 'unheard')
        .then((now) => {
          seen.value = now
        })
    }
    lookAgain()
    const timer = setInterval(lookAgain, LOOK_MS)
    globalThis.addEventListener('online', lookAgain)
    return () => {
      clearInterval(timer)
      globalThis.removeEventListener('online', lookAgain)
    }
  }, [])
  const checkIns = known.value?.checkIns ?? []
  const isClockWrong = Math.abs(known.value?.skewMs ?? 0) > SKEW_MS
  return (
    <>
      <Top
        title="Amparo"
        side={
          <a class="quiet" href="#/">
            {c('back')}
          </a>
        }
      />
      <main>
        <Heading>{c(draft.value === null ? 'title' : 'title.new')}</Heading>
        {isClockWrong && <p class="wrong">{c('clock', { when: dayAndTimeOf(serviceNow()) })}</p>}
        {draft.value !== null ? (
          <ArmForm now={draft.value} />
        ) : (
          <>
            <p>{c('about')}</p>
            <div aria-live="polite">
              {seen.value === 'looking' && <p class="soft">{c('looking')}</p>}
              {seen.value === 'unheard' && (
                <p class="wrong">{c(known.value === null ? 'unheard' : 'unheard.old')}</p>
              )}
              {seen.value === 'changed' && (
                <>
                  <p>{c('changed')}</p>
                  <a class="btn" href="#/check-ins/open">
                    {c('changed.open')}
                  </a>
                </>
              )}
            </div>
            {checkIns.length === 0 && (seen.value === 'seen' || seen.value === 'none') && (
              <p class="soft">{c('nothing')}</p>
            )}
            <ul class="list">
              {checkIns.map((one) => (
                <CheckInCard key={`${one.checkIn}.${one.round}.${one.state}`} one={one} />
              ))}
            </ul>
            <button type="button" class={checkIns.length === 0 ? 'btn prime' : 'btn'} onClick={startDraft}>
              {c('new')}
            </button>
            <p class="soft small">{c('line')}</p>
          </>
        )}
      </main>
    </>
  )
}
