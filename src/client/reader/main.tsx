import { signal } from '@preact/signals'
import { render } from 'preact'
import { useEffect } from 'preact/hooks'
import type { LetterAnswer } from '../../protocol/letter.ts'
import { LANGUAGES, language } from '../text/language.ts'
import { reader, t } from '../text/reader-text.ts'
import { Heading, Top } from '../ui/page.tsx'
import { OpenLetter } from './open-letter.tsx'
import { load, openByLink, stage } from './opening.ts'

type WordFormPart = typeof import('./word-form.tsx')
const wordPart = signal<WordFormPart | null>(null)
const picked = signal(false)

const speak = async (code: typeof language.value): Promise<void> => {
  await reader.load(code)
  language.value = code
  document.documentElement.lang = code
}

const Other = () => (
  <>
    {LANGUAGES.filter(({ code }) => code !== language.value).map(({ code, name }) => (
      <button
        type="button"
        class="quiet"
        lang={code}
        key={code}
        onClick={() => {
          picked.value = true
          void speak(code)
        }}
      >
        {name}
      </button>
    ))}
  </>
)

/** Nothing to open here, and what to do about it. */
const Message = ({ title, body, again = false }: { title: string; body: string; again?: boolean }) => (
  <>
    <Heading>{title}</Heading>
    <p role="status">{body}</p>
    {again && (
      <div class="push stack">
        <button type="button" class="btn prime" onClick={() => void load(true)}>
          {t('again')}
        </button>
      </div>
    )}
  </>
)

const WordPlace = ({ answer }: { answer: LetterAnswer }) => {
  useEffect(() => {
    if (wordPart.value === null)
      void import('./word-form.tsx').then(
        (part) => {
          wordPart.value = part
        },
        () => {
          stage.value = { at: 'no-line' }
        },
      )
  }, [])
  const part = wordPart.value
  return part === null ? <p class="soft">{t('loading')}</p> : <part.WordForm answer={answer} />
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
    case 'closed':
      return (
        <>
          <Heading>{t('open.title')}</Heading>
          <p class="soft">{t('open.body')}</p>
          {now.lock === 'word' && <WordPlace answer={now.answer} />}
          {now.lock === 'elsewhere' && <p class="wrong">{t('open.elsewhere')}</p>}
          {now.lock === 'link' && (
            <div class="push stack">
              <button type="button" class="btn prime" onClick={() => openByLink(now.answer)}>
                {t('open.button')}
              </button>
            </div>
          )}
          <p class="soft small">{t('money')}</p>
        </>
      )
    case 'open':
      return <OpenLetter letter={now.letter} answer={now.answer} />
  }
}

const Page = () => {
  const now = stage.value
  // The letter's language is the one that its reader was written to in, unless he picked another here.
  const wanted = now.at === 'open' && !picked.value ? now.letter.language : language.value
  useEffect(() => {
    if (wanted !== language.value) void speak(wanted)
  }, [wanted])
  return (
    <>
      <Top title={t('top')} side={<Other />} />
      <main key={now.at}>
        <Body />
      </main>
    </>
  )
}

const begin = async (): Promise<void> => {
  await Promise.all([speak(language.value), load(false)])
  document.title = t('page.title')
  const root = document.getElementById('app')
  if (root !== null) {
    root.replaceChildren()
    render(<Page />, root)
  }
  globalThis.addEventListener('online', () => {
    if (stage.value.at === 'no-line') void load(true)
  })
}

// Until it is drawn, the page itself says what to do.
void begin().catch(() => undefined)
