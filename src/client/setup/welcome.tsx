import { useSignal } from '@preact/signals'
import { isApplePhone, isInstalled } from '../device/system.ts'
import { s } from '../text/setup-text.ts'
import { Mark } from '../ui/icons.tsx'
import { LanguagePicker } from '../ui/language-picker.tsx'
import { Heading, Top } from '../ui/page.tsx'
import { toStep } from './draft-state.ts'
import { InstallFirst } from './install-first.tsx'

/** What it is, in which language; on an iPhone, the home screen before anything is stored. */
export const Welcome = () => {
  const installing = useSignal(false)
  const start = (): void => {
    if (isApplePhone() && !isInstalled()) installing.value = true
    else toStep(1)
  }
  if (installing.value)
    return <InstallFirst onAnyway={() => toStep(1)} onBack={() => (installing.value = false)} />
  return (
    <>
      <Top title="Amparo" />
      <main>
        <LanguagePicker label={s('welcome.language')} />
        <Heading>{s('welcome.title')}</Heading>
        <p>{s('welcome.body')}</p>
        <p class="soft">{s('welcome.private')}</p>
        <div class="doorway">
          <Mark />
        </div>
        <div class="stack">
          <button type="button" class="btn prime" onClick={start}>
            {s('welcome.start')}
          </button>
          <a class="btn" href="#/restore">
            {s('welcome.restore')}
          </a>
          <a class="quiet centre" href="#/add">
            {s('welcome.second')}
          </a>
          <p class="soft small centre">{s('welcome.time')}</p>
        </div>
      </main>
    </>
  )
}
