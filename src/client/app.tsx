import { signal } from '@preact/signals'
import { render } from 'preact'
import { checked, readChecked } from './device/checked.ts'
import { dropSetupDraft } from './device/drop-draft.ts'
import { listenForOffer } from './device/install.ts'
import { pinSet } from './device/locked.ts'
import { followOtherTabs } from './device/other-tabs.ts'
import { askToPersist, isComplete, openAgain } from './device/phone.ts'
import { wearName } from './device/plain-name.ts'
import { press, readLanguage, readOwnerKind, readPress } from './device/records.ts'
import { Rights } from './help/rights.tsx'
import { Alert } from './press/alert.tsx'
import { Home } from './press/home.tsx'
import { Practice } from './press/practice.tsx'
import { resumePress, shown, watch } from './press/presses.ts'
import { app } from './text/app-text.ts'
import { language } from './text/language.ts'
import { Damaged } from './ui/damaged.tsx'
import { lazily } from './ui/lazily.tsx'
import { QuickExit } from './ui/quick-exit.tsx'
import { route } from './ui/route.ts'
import { waitingPlace } from './waiting/place.ts'
import './ui/base.css'
import './ui/choice.css'
import './ui/hold.css'
import './ui/app.css'

/** Composes the owner's app. All but the button is loaded when it is asked for. */
type Stored = 'loading' | 'none' | 'ready' | 'unreadable'
const stored = signal<Stored>('loading')

/** Set-up, people, letters, recovery words: one chunk with a catalog of its own. */
const Later = lazily(async () => {
  const { Leisure, setup } = await import('./setup/leisure.tsx')
  await setup.load(language.value)
  return Leisure
})

const Place = () => {
  const place = route.value
  if (place === 'rights') return <Rights />
  if (shown.value !== null) return <Alert />
  if (press.value !== null && place === '') return <Home />
  if (press.value !== null && place === 'practice') return <Practice />
  if (stored.value === 'loading') return null
  if (stored.value === 'unreadable' && place !== 'restore') return <Damaged />
  return <Later />
}

/** A press by somebody else that still waits stands above everything, but for what is held up to an officer. */
const App = () => {
  const Waiting = waitingPlace.value
  return (
    <>
      {Waiting !== null && route.value !== 'rights' && <Waiting />}
      <Place />
      <QuickExit />
    </>
  )
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
/** An app that comes back after this long looks at everything again. */
const LOOK_AGAIN_MS = 600_000
/** A waiting press belongs on the first screen; a storage that hangs must not keep the button from it. */
const RESUME_WAIT_MS = 1_000

const readStored = async (): Promise<Stored> => {
  const record = await readPress()
  const owner = await readOwnerKind()
  pinSet.value = owner.hasPin
  if (record.kind === 'record') {
    press.value = record.record
    return 'ready'
  }
  // With the owner's record alone there is a vault somewhere: its words bring it back, and no second one is begun.
  return record.kind === 'none' && !owner.isThere ? 'none' : 'unreadable'
}

/** Nothing is called unreadable as long as the storage may only be slow. */
const OPENINGS = 3

const readPatiently = async (): Promise<Stored> => {
  for (let openings = 1; ; openings += 1) {
    const found = await readStored().catch((): Stored => 'unreadable')
    if (found !== 'unreadable' || openings === OPENINGS || (await isComplete())) return found
    openAgain()
  }
}

const begin = async (): Promise<void> => {
  language.value = (await readLanguage().catch(() => null)) ?? language.value
  document.documentElement.lang = language.value
  wearName(language.value)
  await app.load(language.value)
  stored.value = await readPatiently()
  await readChecked().catch(() => undefined)
  // Where nothing is set up a press may still wait (after a duress PIN): it goes out, and is not shown.
  if (stored.value !== 'none')
    await Promise.race([resumePress().catch(() => undefined), later(RESUME_WAIT_MS)])
  const root = document.getElementById('app')
  if (root !== null) {
    root.replaceChildren()
    render(<App />, root)
  }
  watch()
  followOtherTabs()
  if (press.value === null) return
  void import('./waiting/waiting.tsx').then(({ watchOthers }) => watchOthers()).catch(() => undefined)
  await askToPersist()
  await dropSetupDraft()
  // Not needed to press: it comes after the button stands.
  const [
    { watchForEmptying },
    { resumeMove },
    { rollIfDue },
    { checkEverything },
    { lookAtCheckIns },
    { settlePin },
  ] = await Promise.all([
    import('./press/empty-after.ts'),
    import('./start-over/resume.ts'),
    import('./vault/roll.ts'),
    import('./ready/check.ts'),
    import('./check-ins/look.ts'),
    import('./vault/pin.ts'),
  ])
  watchForEmptying()
  await resumeMove()
  await lookAtCheckIns()
  await rollIfDue().catch(() => undefined)
  await checkEverything()
  await settlePin()
  globalThis.document.addEventListener('visibilitychange', () => {
    const isOld = Date.now() - (checked.value?.at ?? 0) > LOOK_AGAIN_MS
    if (globalThis.document.visibilityState !== 'visible') return
    void resumeMove().then(lookAtCheckIns)
    if (isOld) void checkEverything()
  })
}

// The browser makes its offer early, and once.
listenForOffer()
// Until the app is drawn, the page itself says what to do.
void begin().catch(() => undefined)
void navigator.serviceWorker?.register('/sw.js').catch(() => undefined)
