import { t } from '../text/app-text.ts'
import { Heading, Top } from '../ui/page.tsx'
import { HoldButton } from './hold-button.tsx'
import { startPress } from './presses.ts'

/** A press that reaches the service and nobody else: it shows that phone, line and service work, and how a hold feels. */
export const Practice = () => (
  <>
    <Top
      title={t('alert.top.practice')}
      side={
        <a class="quiet" href="#/">
          {t('practice.later')}
        </a>
      }
    />
    <main>
      <Heading>{t('practice.title')}</Heading>
      <p class="soft">{t('practice.body')}</p>
      <div class="hold-space">
        <HoldButton practice label={t('practice.hold')} onHeld={() => void startPress(true)} />
      </div>
    </main>
  </>
)
