import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { fromText } from '../../protocol/bytes.ts'
import type { HandedOver } from '../../protocol/hand-over.ts'
import { press } from '../device/records.ts'
import { isApplePhone, isInstalled } from '../device/system.ts'
import { o } from '../text/second-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { carried } from '../ui/route.ts'
import { Working } from '../ui/working.tsx'
import { newPresser } from '../vault/document.ts'
import { troubleText } from '../vault/trouble.ts'
import { type Arrival, arrivalIn, checkOf, hasOther, sayTaken, settleIn, take } from './arrive.ts'
import './second.css'

const LOOK_MS = 1_500

type Stage =
  | 'link'
  | 'sure'
  | 'asking'
  | 'comparing'
  | 'settling'
  | 'failed'
  | 'over'
  | 'odd'
  | 'there'
  | 'ready'

const Paste = ({ onArrival }: { onArrival: (arrival: Arrival) => void }) => {
  const typed = useSignal('')
  const wrong = useSignal<string | null>(null)
  const go = (): void => {
    const arrival = arrivalIn(typed.value)
    wrong.value = arrival === null ? o('add.wrong') : null
    if (arrival !== null) onArrival(arrival)
  }
  return (
    <>
      <p>{o('add.how')}</p>
      <Field id="link" label={o('add.link')} wrong={wrong.value}>
        {(attributes) => (
          <textarea
            {...attributes}
            value={typed.value}
            autocomplete="off"
            form="unkept"
            autocapitalize="none"
            spellcheck={false}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="push stack">
        <button type="button" class="btn prime" onClick={go}>
          {o('add.go')}
        </button>
      </div>
    </>
  )
}

/** On the new phone. The link waits in memory alone: a page that is loaded anew needs a new code. */
export const Arriving = () => {
  const arrival = useSignal<Arrival | null>(null)
  const stage = useSignal<Stage>('link')
  const content = useSignal<HandedOver | null>(null)
  const trouble = useSignal<string | null>(null)
  const presser = useRef(newPresser(o('label'), Date.now()))
  const isThere = useRef(true)
  // Set up already when the page was opened; by the end it is, by itself.
  const wasSetUp = useRef(press.value !== null)

  const settle = async (from: Arrival, handed: HandedOver): Promise<void> => {
    content.value = handed
    stage.value = 'settling'
    trouble.value = null
    try {
      if (await hasOther(from)) {
        stage.value = 'there'
        return
      }
      const settled = await settleIn(fromText(handed.root), presser.current)
      if (settled.ok) {
        sayTaken(from)
        stage.value = 'ready'
        return
      }
      trouble.value = troubleText(settled)
    } catch {
      trouble.value = o('add.phone')
    }
    stage.value = 'failed'
  }
  const compare = async (with_: Arrival): Promise<void> => {
    stage.value = 'asking'
    if (await hasOther(with_).catch(() => true)) {
      stage.value = 'there'
      return
    }
    while (isThere.current && (stage.value === 'asking' || stage.value === 'comparing')) {
      const taken = await take(with_)
      if (!isThere.current) return
      trouble.value = taken.kind === 'later' ? o('add.later') : null
      if (taken.kind === 'given') return settle(with_, taken.content)
      if (taken.kind === 'over' || taken.kind === 'odd') {
        stage.value = taken.kind
        return
      }
      // Not before the service has taken this phone for the one: who sees the number sooner, and knows the code, could ask with one that fits.
      if (taken.kind === 'waiting') stage.value = 'comparing'
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }
  const link = carried.value
  useEffect(() => {
    if (link === null) return
    carried.value = null
    arrival.value = arrivalIn(link)
    trouble.value = arrival.value === null ? o('add.wrong') : null
    stage.value = arrival.value === null ? 'link' : 'sure'
  }, [link])
  useEffect(
    () => () => {
      isThere.current = false
    },
    [],
  )

  const now = stage.value
  const current = arrival.value
  if (wasSetUp.current || now === 'there')
    return (
      <>
        <BackTop to="" />
        <main>
          <Heading>{o('add.title')}</Heading>
          <p>{o('add.there')}</p>
        </main>
      </>
    )
  return (
    <>
      <BackTop to="" />
      <main>
        <Heading>{o(now === 'ready' ? 'add.ready' : 'add.title')}</Heading>
        {trouble.value !== null && (
          <p class="wrong" role="alert">
            {trouble.value}
          </p>
        )}
        {now === 'link' && (
          <Paste
            onArrival={(found) => {
              arrival.value = found
              stage.value = 'sure'
            }}
          />
        )}
        {now === 'sure' && current !== null && (
          <>
            <p>{o('add.sure')}</p>
            {isApplePhone() && !isInstalled() && (
              <p class="light amber">
                <span class="dot" />
                <span>{o('add.safari')}</span>
              </p>
            )}
            <div class="push stack">
              <button type="button" class="btn prime" onClick={() => void compare(current)}>
                {o('add.yes')}
              </button>
              <a class="btn" href="#/">
                {o('add.no')}
              </a>
            </div>
          </>
        )}
        {now === 'asking' && trouble.value === null && <Working label={o('add.asking')} done={0.2} />}
        {now === 'comparing' && current !== null && (
          <>
            <p class="check-number" role="status">
              {checkOf(current)}
            </p>
            <p>{o('add.compare')}</p>
          </>
        )}
        {now === 'settling' && <Working label={o('add.working')} done={0.5} />}
        {now === 'failed' && current !== null && content.value !== null && (
          <div class="push stack">
            <button
              type="button"
              class="btn prime"
              onClick={() => content.value !== null && void settle(current, content.value)}
            >
              {o('add.again')}
            </button>
          </div>
        )}
        {(now === 'over' || now === 'odd') && (
          <>
            <p role="alert">{o('add.over')}</p>
            <div class="push stack">
              <button type="button" class="btn" onClick={() => (stage.value = 'link')}>
                {o('add.other')}
              </button>
            </div>
          </>
        )}
        {now === 'ready' && (
          <>
            <p>{o('add.ready.more')}</p>
            {content.value?.pin === true && (
              <p class="light amber">
                <span class="dot" />
                <span>{o('add.pin')}</span>
              </p>
            )}
            <div class="push stack">
              <a class={content.value?.pin === true ? 'btn prime' : 'btn'} href="#/pin">
                {o('add.pin.set')}
              </a>
              <a class={content.value?.pin === true ? 'btn' : 'btn prime'} href="#/">
                {o('add.home')}
              </a>
            </div>
          </>
        )}
      </main>
    </>
  )
}
