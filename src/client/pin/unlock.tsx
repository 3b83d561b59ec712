import { n } from '../text/pin-text.ts'
import { Heading, Top } from '../ui/page.tsx'
import { forgetUnderDuress } from '../vault/duress.ts'
import { openWith, settlePin } from '../vault/pin.ts'
import { PinEntry } from './pin-entry.tsx'

/** What waits for the PIN: a move that is not finished, keys that are to roll, the look at everything. */
const afterwards = async (): Promise<void> => {
  const [{ resumeMove }, { rollIfDue }, { checkEverything }] = await Promise.all([
    import('../start-over/resume.ts'),
    import('../vault/roll.ts'),
    import('../ready/check.ts'),
  ])
  await resumeMove()
  await rollIfDue().catch(() => undefined)
  await checkEverything()
  await settlePin()
}

const leave = async (): Promise<void> => {
  await forgetUnderDuress()
  // Nothing of what was on this page is left in its memory, and "back" leads nowhere else.
  globalThis.location.replace('/')
}

/** Everything but the button stands behind this. */
export const Unlock = () => (
  <>
    <Top
      title="Amparo"
      side={
        <a class="quiet" href="#/">
          {n('unlock.button-page')}
        </a>
      }
    />
    <main>
      <Heading>{n('unlock.title')}</Heading>
      <p class="soft">{n('unlock.body')}</p>
      <PinEntry
        button={n('unlock.open')}
        onRoot={(root) => {
          openWith(root)
          void afterwards().catch(() => undefined)
        }}
        onNothing={leave}
      />
      <div class="push stack">
        <a class="btn" href="#/restore">
          {n('unlock.forgot')}
        </a>
      </div>
    </main>
  </>
)
