import { t } from '../text/join-text.ts'
import { Heading } from '../ui/page.tsx'
import { show } from './stage.ts'
import type { Standing } from './standing.ts'

/** Who asks, and for what, before anything is asked. */
export const Invited = ({ standing }: { standing: Standing }) => {
  const name = standing.invitation.from
  return (
    <>
      <Heading>{t('invited.title', { name })}</Heading>
      <p>{t('invited.hello', { to: standing.invitation.to, name })}</p>
      <section class="card">
        <h2>{t('invited.day')}</h2>
        <ol class="steps">
          {(['message', 'letter', 'call'] as const).map((step, at) => (
            <li key={step}>
              <span class="num" aria-hidden="true">
                {at + 1}
              </span>
              <span>{t(`invited.${step}`, { name })}</span>
            </li>
          ))}
        </ol>
      </section>
      <p class="soft">{t('invited.free', { name })}</p>
      <p class="soft">{t('money')}</p>
      <div class="push stack">
        <button type="button" class="btn prime" onClick={() => show('form')}>
          {t('invited.next')}
        </button>
      </div>
    </>
  )
}
