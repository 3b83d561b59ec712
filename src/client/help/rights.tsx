import { useEffect, useRef } from 'preact/hooks'
import { RIGHTS } from '../../content/rights.ts'
import { t } from '../text/app-text.ts'
import { language } from '../text/language.ts'

/** Held up to an officer: large, in English. Below it what each sentence means, for the owner. */
export const Rights = () => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <main class="rights">
      <h1 ref={heading} tabIndex={-1} lang="en">
        {t('rights.officer')}
      </h1>
      {RIGHTS.statements.map(({ id, officer }) => (
        <p key={id} lang="en">
          {officer}
        </p>
      ))}
      <section class="mine">
        <h2>{t('rights.mine')}</h2>
        {RIGHTS.statements.map(({ id, owner }) => (
          <p key={id}>{owner[language.value]}</p>
        ))}
        <p>
          <b>{RIGHTS.caution[language.value]}</b>
        </p>
        <p>{RIGHTS.notLegalAdvice[language.value]}</p>
      </section>
      <div class="push stack">
        <a class="btn" href={`/help/${language.value}/rights`}>
          {t('rights.more')}
        </a>
        <button type="button" class="btn" onClick={() => history.back()}>
          {t('rights.close')}
        </button>
      </div>
    </main>
  )
}
