import type { KeptIn } from '../device/kept.ts'
import { isApplePhone } from '../device/system.ts'
import { t } from '../text/join-text.ts'
import { LANGUAGES } from '../text/language.ts'
import { Heading } from '../ui/page.tsx'
import { contactCard } from './contact-card.ts'
import { host } from './host.ts'
import { useLater } from './later.tsx'
import { show } from './stage.ts'
import { isTakenOver, type Standing } from './standing.ts'

const save = (sender: string): void => {
  const card = new Blob([contactCard(sender, t('card.note'))], { type: 'text/vcard;charset=utf-8' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(card)
  link.download = 'amparo.vcf'
  link.click()
  // Later: some phones read it only once they have asked what to do with it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

const Where = ({ standing }: { standing: Standing }) => {
  const { answer, invitation } = standing
  if (answer === null) return null
  const isTaken = isTakenOver(standing)
  const name = invitation.from
  const spoken = LANGUAGES.find(({ code }) => code === answer.language)?.name ?? answer.language
  return (
    <p class={isTaken ? 'light' : 'light amber'}>
      <span class="dot" />
      <span>
        {answer.email !== null &&
          t(isTaken ? 'accepted.address' : 'accepted.address.soon', {
            ...{ name, email: answer.email, language: spoken },
          })}
        {answer.email === null &&
          answer.sms === null &&
          answer.push === null &&
          t(isTaken ? 'accepted.no-address' : 'accepted.no-address.soon', { name })}
        {answer.sms !== null &&
          ` ${t(isTaken ? 'accepted.sms' : 'accepted.sms.soon', { name, number: answer.sms })}`}
        {answer.push !== null && ` ${t(isTaken ? 'accepted.push' : 'accepted.push.soon', { name })}`}
      </span>
    </p>
  )
}

/** The part that what is said back comes in. */
const loadCheck = () => import('./answer.tsx')

/** Said yes: what is left to do, today and on the day. */
export const Accepted = ({ standing, keptIn }: { standing: Standing; keptIn: KeptIn }) => {
  const { answer, invitation } = standing
  const sender = host.value?.sender ?? null
  const isWritten = answer !== null && answer.email !== null
  const check = useLater(answer !== null && answer.push !== null, loadCheck)
  return (
    <>
      <Heading>{t('accepted.title')}</Heading>
      <p>{t('accepted.body', { name: invitation.from })}</p>
      <Where standing={standing} />
      {check !== null && check !== 'failed' && <check.PushCheck standing={standing} />}
      <section class="card stack">
        <h2>{t('todo.title')}</h2>
        <p>
          <b>{t('todo.keep')}</b>
          <br />
          <span class="small">{t('todo.keep.more')}</span>
        </p>
        {keptIn !== 'browser' && <p class="wrong">{t('todo.forgets')}</p>}
        {isWritten && sender !== null && (
          <>
            <p>
              <b>{t('todo.card')}</b>
              <br />
              <span class="small">{t('todo.card.more')}</span>
            </p>
            <button type="button" class="btn" onClick={() => save(sender)}>
              {t('todo.card.button')}
            </button>
          </>
        )}
        {isApplePhone() && (
          <p>
            <b>{t('todo.apple')}</b>
            <br />
            <span class="small">{t('todo.apple.more')}</span>
          </p>
        )}
      </section>
      <p class="soft small">{t('money')}</p>
      <div class="push stack">
        <button type="button" class="btn" onClick={() => show('form')}>
          {t('accepted.change')}
        </button>
        <button type="button" class="quiet" onClick={() => show('leave')}>
          {t('accepted.leave')}
        </button>
      </div>
    </>
  )
}
