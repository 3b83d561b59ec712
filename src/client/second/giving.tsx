import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { PRESSERS_MAX } from '../../protocol/limits.ts'
import { Qr } from '../invite/qr.tsx'
import { o } from '../text/second-text.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { Working } from '../ui/working.tsx'
import type { Opened } from '../vault/session.ts'
import { openVault } from '../vault/session.ts'
import { troubleText } from '../vault/trouble.ts'
import { checkOf, endOffer, giveTo, linkOf, lookAt, makeOffer, type Offer, putOffer } from './give.ts'
import './second.css'

const LOOK_MS = 1_500

type Stage =
  | { kind: 'idle' | 'starting' | 'open' | 'given' | 'taken' }
  | { kind: 'over' | 'stopped' | 'unsure' | 'unheard' }
  | { kind: 'asked' | 'giving'; nonce: string }

const Code = ({ offer, onStop }: { offer: Offer; onStop: () => void }) => {
  const copied = useSignal<boolean | null>(null)
  const copy = async (): Promise<void> => {
    copied.value = await navigator.clipboard.writeText(linkOf(offer)).then(
      () => true,
      () => false,
    )
  }
  return (
    <>
      <p>{o('scan')}</p>
      <Qr text={linkOf(offer)} label={o('qr')} />
      <p class="soft">{o('scan.more')}</p>
      <p class="soft small">{o('iphone')}</p>
      <div class="push stack">
        <button type="button" class="btn" onClick={() => void copy()}>
          {o('copy')}
        </button>
        {copied.value !== null && <p role="status">{o(copied.value ? 'copied' : 'not-copied')}</p>}
        <button type="button" class="quiet" onClick={onStop}>
          {o('stop')}
        </button>
      </div>
    </>
  )
}

const phonesOf = ({ document }: Opened): string[] =>
  document.pressers.filter(({ kind }) => kind === 'phone').map(({ id }) => id)

const Hand = ({ opened }: { opened: Opened }) => {
  const stage = useSignal<Stage>({ kind: 'idle' })
  const trouble = useSignal<string | null>(null)
  const offer = useRef<Offer | null>(null)
  const isThere = useRef(true)
  /** Her yes was sent: it may have arrived, whatever was answered. */
  const saidYes = useRef(false)
  const before = useRef<readonly string[]>([])

  /** The other phone's word may be lost, and this page's look with it: the list says whether it is in. */
  const isInList = async (): Promise<boolean> => {
    const now = await openVault()
    return now.ok && phonesOf(now.value).some((id) => !before.current.includes(id))
  }
  const watch = async (watched: Offer): Promise<void> => {
    while (isThere.current && offer.current === watched) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      const look = await lookAt(watched)
      if (!isThere.current || offer.current !== watched) return
      const { kind } = stage.value
      if (look.state === 'over' && kind !== 'starting') {
        offer.current = null
        if (!saidYes.current) stage.value = { kind: 'over' }
        else stage.value = { kind: (await isInList().catch(() => false)) ? 'taken' : 'unheard' }
      } else if (look.state === 'taken') {
        offer.current = null
        stage.value = { kind: 'taken' }
        // The other phone has put itself into the list.
        void openVault()
      } else if (look.state === 'asked' && kind === 'open') {
        stage.value = { kind: 'asked', nonce: look.nonce }
      } else if (look.state === 'given') stage.value = { kind: 'given' }
    }
  }
  const start = async (): Promise<void> => {
    const made = makeOffer(opened.root)
    stage.value = { kind: 'starting' }
    trouble.value = null
    const put = await putOffer(made)
    if (!isThere.current) return endOffer(made)
    if (!put.ok) {
      stage.value = { kind: 'idle' }
      trouble.value = troubleText(put)
      return
    }
    saidYes.current = false
    before.current = phonesOf(opened)
    offer.current = made
    stage.value = { kind: 'open' }
    void watch(made)
  }
  const stop = async (): Promise<void> => {
    const current = offer.current
    if (current === null) return
    offer.current = null
    // A yes before this no may have arrived without its answer.
    const isUnsure = saidYes.current && (await lookAt(current)).state !== 'asked'
    endOffer(current)
    stage.value = { kind: isUnsure ? 'unsure' : 'stopped' }
  }
  const give = async (nonce: string): Promise<void> => {
    const current = offer.current
    if (current === null) return
    saidYes.current = true
    stage.value = { kind: 'giving', nonce }
    trouble.value = null
    const given = await giveTo(current, nonce)
    if (!isThere.current || offer.current !== current) return
    if (given.ok) stage.value = { kind: 'given' }
    else {
      stage.value = { kind: 'asked', nonce }
      trouble.value = troubleText(given)
    }
  }
  useEffect(
    () => () => {
      isThere.current = false
      if (offer.current !== null) endOffer(offer.current)
    },
    [],
  )

  const now = stage.value
  const current = offer.current
  if (opened.document.pressers.length >= PRESSERS_MAX && now.kind === 'idle')
    return <p class="light amber">{o('full')}</p>
  return (
    <>
      {trouble.value !== null && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      {now.kind === 'open' && current !== null && <Code offer={current} onStop={() => void stop()} />}
      {(now.kind === 'asked' || now.kind === 'giving') && current !== null && (
        <>
          <h2>{o('asked')}</h2>
          <p class="check-number" role="status">
            {checkOf(current, now.nonce)}
          </p>
          <p>{o('asked.more')}</p>
          <div class="push stack">
            <button
              type="button"
              class="btn prime"
              disabled={now.kind === 'giving'}
              onClick={() => void give(now.nonce)}
            >
              {o('asked.yes')}
            </button>
            <button type="button" class="btn" disabled={now.kind === 'giving'} onClick={() => void stop()}>
              {o('asked.no')}
            </button>
          </div>
        </>
      )}
      {now.kind === 'given' && <Working label={o('given')} done={0.7} />}
      {now.kind === 'taken' && (
        <>
          <p class="light" role="status">
            <span class="dot" />
            <span>{o('taken')}</span>
          </p>
          <p>{o('taken.more')}</p>
        </>
      )}
      {(now.kind === 'over' || now.kind === 'stopped') && <p role="status">{o(now.kind)}</p>}
      {(now.kind === 'unsure' || now.kind === 'unheard') && (
        <>
          <p class="light amber" role="alert">
            <span class="dot" />
            <span>{o(now.kind)}</span>
          </p>
          <a class="btn" href="#/start-over">
            {o('not-mine')}
          </a>
        </>
      )}
      {(now.kind === 'idle' || now.kind === 'starting') && (
        <>
          <p>{o('body')}</p>
          <p class="soft">{o('need')}</p>
          <p class="light amber">
            <span class="dot" />
            <span>{o('lost')}</span>
          </p>
        </>
      )}
      {['idle', 'starting', 'over', 'stopped', 'unsure', 'unheard'].includes(now.kind) && (
        <div class="push stack">
          <button
            type="button"
            class="btn prime"
            disabled={now.kind === 'starting'}
            onClick={() => void start()}
          >
            {o(now.kind === 'idle' || now.kind === 'starting' ? 'start' : 'again')}
          </button>
        </div>
      )}
    </>
  )
}

/** On the first phone: a code for the other one, and the question whether it is the right one. */
export const Giving = () => (
  <VaultPage title={o('title')} back="more">
    {(opened) => <Hand opened={opened} />}
  </VaultPage>
)
