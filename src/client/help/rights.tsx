import { useEffect, useRef } from 'preact/hooks'
import { OFFICER, OWNER } from '../../content/rights.ts'
import { t } from '../text/app-text.ts'
import { language } from '../text/language.ts'

/** Held up to an officer: large, in English; below it the same in the owner's language. */
export const Rights = () => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <main class="rights">
      <h1 ref={heading} tabIndex={-1} lang="en">
        To the officer
      </h1>
      {OFFICER.map((sentence) => (
        <p key={sentence} lang="en">
          {sentence}
        </p>
      ))}
      {language.value !== 'en' && (
        <div class="mine">
          {OWNER[language.value].map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <div class="push stack">
        <button type="button" class="btn" onClick={() => history.back()}>
          {t('rights.close')}
        </button>
      </div>
    </main>
  )
}
