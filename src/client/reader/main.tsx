import { signal } from '@preact/signals'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Language } from '../../protocol/fields.ts'
import type { LetterAnswer } from '../../protocol/letter.ts'
import { isApplePhone } from '../device/system.ts'
import { language } from '../text/language.ts'
import { reader, t } from '../text/reader-text.ts'
import { loadAnew } from '../ui/load-anew.ts'
import { OtherLanguages } from '../ui/other-languages.tsx'
import { Heading, Top } from '../ui/page.tsx'
import { OpenLetter } from './open-letter.tsx'
import { load, openByLink, openWith, type Stage, sendReceipt, stage } from './opening.ts'
import type { Way } from './way.ts'

type WordFormPart = typeof import('./word-form.tsx')
const wordPart = signal<WordFormPart | null>(null)
type PracticePart = typeof import('./practice-letter.tsx')
const practicePart = signal<PracticePart | null>(null)
const picked = signal(false)

/** A part of this page did not come. */
let isPartMissing = false
const partFailed = (): void => {
  isPartMissing = true
  stage.value = { at: 'no-line' }
}

const tryAgain = (): void => {
  if (isPartMissing) loadAnew(() => undefined)
  else void load(true)
}

const speak = async (code: Language): Promise<void> => {
  await reader.load(code)
  language.value = code
  document.documentElement.lang = code
}

const pick = (code: Language): void => {
  picked.value = true
  void speak(code)
}

/** Nothing to open here, and what to do about it. */
const Message = ({ title, body, again = false }: { title: string; body: string; again?: boolean }) => (
  <>
    <Heading>{title}</Heading>
    <p role="status">{body}</p>
    {again && (
      <div class="push stack">
        <button type="button" class="btn prime" onClick={tryAgain}>
          {t('again')}
        </button>
      </div>
    )}
  </>
)

const WordPlace = ({ answer }: { answer: LetterAnswer }) => {
  useEffect(() => {
    if (wordPart.value === null)
      void import('./word-form.tsx').then((part) => {
        wordPart.value = part
      }, partFailed)
  }, [])
  const part = wordPart.value
  return part === null ? <p class="soft">{t('loading')}</p> : <part.WordForm answer={answer} />
}

const PracticePlace = ({ answer, letter, letterKey, way, doubtful }: Extract<Stage, { at: 'practice' }>) => {
  useEffect(() => {
    import('./practice-letter.tsx')
      .then(async (part) => {
        await part.load()
        practicePart.value = part
      })
      .catch(partFailed)
  }, [])
  const part = practicePart.value
  return part === null ? (
    <p class="soft">{t('open.practice')}</p>
  ) : (
    <part.Practice
      letter={letter}
      tested={part.testedBy(answer, way, letterKey)}
      warning={doubtful ? t('misfit.alone') : null}
      tell={() => sendReceipt(answer, letterKey)}
    />
  )
}

/** The way of the key that this browser does not have. */
const Chat = () => (
  <>
    <p class="card">{t('open.chat')}</p>
    {isApplePhone() && <p class="soft small">{t('open.apple')}</p>}
  </>
)

const Closed = ({ answer, way }: { answer: LetterAnswer; way: Way }) => (
  <>
    <Heading>{t(answer.alert.practice ? 'open.practice' : 'open.title')}</Heading>
    {way.misfit && (
      <p class="wrong" role="status">
        {t(way.by === 'word' ? 'misfit' : 'misfit.alone')}
      </p>
    )}
    {way.by !== 'elsewhere' && <p class="soft">{t('open.body')}</p>}
    {way.by === 'word' && (
      <>
        <WordPlace answer={answer} />
        <p class="soft small">{t('open.or-chat')}</p>
      </>
    )}
    {way.by === 'elsewhere' && (
      <>
        <p>{t('open.elsewhere')}</p>
        <Chat />
      </>
    )}
    {(way.by === 'link' || way.by === 'paired') && (
      <div class="push stack">
        <button
          type="button"
          class="btn prime"
          onClick={() => (way.by === 'link' ? openByLink(answer) : openWith(answer, way.letterKey))}
        >
          {t('open.button')}
        </button>
      </div>
    )}
    <p class="soft small">{t('money')}</p>
  </>
)

const Body = () => {
  const now = stage.value
  switch (now.at) {
    case 'loading':
      return (
        <p class="soft" role="status">
          {t('loading')}
        </p>
      )
    case 'damaged':
      return <Message title={t('damaged.title')} body={t('damaged.body')} />
    case 'refused':
      return <Message title={t('refused.title')} body={t('refused.body')} again />
    case 'unknown':
      return <Message title={t('unknown.title')} body={t('unknown.body')} again />
    case 'no-line':
      return <Message title={t('no-line.title')} body={t('no-line.body')} again />
    case 'later':
      return <Message title={t('later.title')} body={t('later.body')} again />
    case 'older':
      return <Message title={t('older.title')} body={t('older.body')} again />
    case 'closed':
      return <Closed answer={now.answer} way={now.way} />
    case 'open':
      return <OpenLetter {...now} />
    case 'practice':
      return <PracticePlace {...now} />
  }
}

const Page = () => {
  const now = stage.value
  // The letter's language is the one that its reader was written to in, unless he picked another here.
  const wanted = 'letter' in now && !picked.value ? now.letter.language : language.value
  useEffect(() => {
    if (wanted !== language.value) void speak(wanted)
  }, [wanted])
  return (
    <>
      <Top title={t('top')} side={<OtherLanguages onPick={pick} />} />
      <main key={now.at}>
        <Body />
      </main>
    </>
  )
}

const begin = async (): Promise<void> => {
  await Promise.all([speak(language.value), load(false)])
  document.title = t('top')
  const root = document.getElementById('app')
  if (root !== null) {
    // What may stand here: the page's first words, or the invitation that led to the letter in this very document.
    render(null, root)
    root.replaceChildren()
    render(<Page />, root)
  }
  globalThis.addEventListener('online', () => {
    if (stage.value.at === 'no-line') tryAgain()
  })
}

// Until it is drawn, the page itself says what to do.
void begin().catch(() => undefined)
