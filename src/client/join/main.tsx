import { signal } from '@preact/signals'
import { render } from 'preact'
import type { Language } from '../../protocol/fields.ts'
import { isInAppBrowser } from '../device/system.ts'
import { joinText, t } from '../text/join-text.ts'
import { language } from '../text/language.ts'
import { OtherLanguages } from '../ui/other-languages.tsx'
import { Heading, Top } from '../ui/page.tsx'
import { Accepted } from './accepted.tsx'
import { draft } from './draft.ts'
import { askHost } from './host.ts'
import { Invited } from './invited.tsx'
import { Again, useLater } from './later.tsx'
import { Leave, Left } from './leave.tsx'
import { Owners } from './list.tsx'
import { OtherBrowser } from './other-browser.tsx'
import { AlertView, ToAlert } from './out-letters.tsx'
import {
  languageOf,
  linked,
  open,
  owners,
  placeOf,
  type Stage,
  stage,
  type View as ViewName,
} from './stage.ts'
import type { Place, Standing } from './standing.ts'

const picked = signal(false)

const speak = async (code: Language): Promise<void> => {
  await joinText.load(code)
  language.value = code
  document.documentElement.lang = code
  document.title = t('page.title')
}

const pick = (code: Language): void => {
  picked.value = true
  draft.value = { ...draft.value, language: code }
  void speak(code)
}

/** The page speaks the language that the contact is written to in, unless another was picked here. */
const speakTo = async (standing: Standing): Promise<void> => {
  const wanted = languageOf(standing)
  if (!picked.value && wanted !== language.value) await speak(wanted)
}

const go = (place: Place): void => void open(place, speakTo)

const Message = ({
  at,
  place,
}: {
  at: 'damaged' | 'no-line' | 'later' | 'unknown' | 'refused'
  place: Place | null
}) => (
  <>
    <Heading>{t(`${at}.title`)}</Heading>
    <p role="status">{t(`${at}.body`)}</p>
    {place !== null && at !== 'unknown' && (
      <div class="push stack">
        <button type="button" class="btn prime" onClick={() => go(place)}>
          {t('again')}
        </button>
      </div>
    )}
  </>
)

/** Not while something is being typed or decided. */
const WITH_HINTS: readonly ViewName[] = ['alert', 'invited', 'accepted']

/** One request: the browser keeps what it has loaded. */
const loadAnswer = () => import('./answer.tsx')

const AnswerPlace = ({ view, standing }: { view: 'form' | 'code'; standing: Standing }) => {
  const part = useLater(true, loadAnswer)
  if (part === 'failed') return <Again />
  if (part === null) {
    return (
      <p class="soft" role="status">
        {t('loading')}
      </p>
    )
  }
  return <part.Answer view={view} standing={standing} onLanguage={pick} />
}

const View = ({ here }: { here: Extract<Stage, { at: 'here' }> }) => {
  const { standing } = here
  switch (here.view) {
    case 'alert':
      return <AlertView standing={standing} keptIn={here.keptIn} />
    case 'invited':
      return <Invited standing={standing} />
    case 'form':
    case 'code':
      return <AnswerPlace view={here.view} standing={standing} />
    case 'accepted':
      return <Accepted standing={standing} keptIn={here.keptIn} />
    case 'leave':
      return <Leave standing={standing} />
    case 'left':
      return <Left standing={standing} />
  }
}

const Body = () => {
  const now = stage.value
  switch (now.at) {
    case 'loading':
      return (
        <p class="soft" role="status">
          {t('loading')}
        </p>
      )
    case 'list':
      return <Owners onPick={go} />
    case 'damaged':
      return <Message at="damaged" place={null} />
    case 'here':
      return (
        <>
          {now.view !== 'alert' && <ToAlert standing={now.standing} />}
          <View here={now} />
          {WITH_HINTS.includes(now.view) && isInAppBrowser() && <OtherBrowser place={now.standing.place} />}
          {WITH_HINTS.includes(now.view) && owners().length > 1 && (
            <button
              type="button"
              class="quiet"
              onClick={() => {
                stage.value = { at: 'list' }
              }}
            >
              {t('list.open')}
            </button>
          )}
        </>
      )
    default:
      return <Message at={now.at} place={now.place} />
  }
}

const Page = () => (
  <>
    <Top title="Amparo" side={<OtherLanguages onPick={pick} />} />
    <main key={stage.value.at === 'here' ? stage.value.view : stage.value.at}>
      <Body />
    </main>
  </>
)

/** Who is there for one person only is led to that invitation, also by a notification, which has no link. */
const linkedOrOnly = (): ReturnType<typeof linked> => {
  const place = linked()
  const [only, ...others] = owners()
  return place === 'none' && only !== undefined && others.length === 0 ? placeOf(only) : place
}

const begin = async (): Promise<void> => {
  const place = linkedOrOnly()
  await speak(language.value)
  const root = document.getElementById('app')
  if (root === null) return
  root.replaceChildren()
  render(<Page />, root)
  if (place === 'none') stage.value = { at: 'list' }
  else if (place === 'damaged') stage.value = { at: 'damaged' }
  else {
    go(place)
    globalThis.addEventListener('online', () => {
      if (stage.value.at === 'no-line') go(place)
    })
  }
  // So that it is there when somebody says yes; a failure is said only then.
  await Promise.all([askHost(), loadAnswer().catch(() => undefined)])
}

// Until it is drawn, the page itself says what to do.
void begin().catch(() => undefined)
