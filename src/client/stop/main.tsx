import { signal } from '@preact/signals'
import { render } from 'preact'
import { toText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import type { Language } from '../../protocol/fields.ts'
import { decodeLink } from '../../protocol/link.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { takeFragment } from '../reader/fragment.ts'
import { language } from '../text/language.ts'
import { stopText, t } from '../text/stop-text.ts'
import { OtherLanguages } from '../ui/other-languages.tsx'
import { Heading, Top } from '../ui/page.tsx'

/**
 * "Never again": takes effect by a second tap, on a button that is not the first, and never by opening the link. What looks
 * into mails for danger renders pages and clicks.
 */
type Scope = 'owner' | 'all'
type Stage =
  | { at: 'choosing' | 'kept' | 'done' | 'unknown' | 'damaged' }
  | { at: 'sure'; scope: Scope; now: 'asking' | 'busy' | 'no-line' }

const link = decodeLink('stop', takeFragment('stop'))
const stage = signal<Stage>({ at: link === null || link.secret === null ? 'damaged' : 'choosing' })

const stop = async (scope: Scope): Promise<void> => {
  if (link === null || link.secret === null) return
  stage.value = { at: 'sure', scope, now: 'busy' }
  const reply = await ask(
    ROUTES.stop,
    JSON.stringify({ vault: toText(link.vault), id: toText(link.id), token: toText(link.secret), scope }),
    DoneAnswer,
  )
  if (reply.kind === 'answer') stage.value = { at: 'done' }
  else if (reply.kind === 'refusal' && reply.refusal.error === 'unknown') stage.value = { at: 'unknown' }
  else stage.value = { at: 'sure', scope, now: 'no-line' }
}

const Message = ({ title, body }: { title: string; body: string }) => (
  <>
    <Heading>{title}</Heading>
    <p role="status">{body}</p>
  </>
)

const Choosing = () => (
  <>
    <Heading>{t('title')}</Heading>
    <p>{t('body')}</p>
    <p>{t('which')}</p>
    <div class="push stack">
      {(['owner', 'all'] as const).map((scope) => (
        <button
          type="button"
          class="btn"
          key={scope}
          onClick={() => {
            stage.value = { at: 'sure', scope, now: 'asking' }
          }}
        >
          {t(scope)}
        </button>
      ))}
    </div>
  </>
)

const Sure = ({ scope, now }: { scope: Scope; now: 'asking' | 'busy' | 'no-line' }) => (
  <>
    <Heading>{t(`sure.${scope}`)}</Heading>
    <p>{t(`sure.body.${scope}`)}</p>
    <div aria-live="polite">{now === 'no-line' && <p class="wrong">{t('no-line')}</p>}</div>
    <div class="push stack">
      <button
        type="button"
        class="btn"
        disabled={now === 'busy'}
        onClick={() => {
          stage.value = { at: 'kept' }
        }}
      >
        {t('sure.no')}
      </button>
      <button type="button" class="btn prime" disabled={now === 'busy'} onClick={() => void stop(scope)}>
        {t('sure.yes')}
      </button>
    </div>
  </>
)

const Body = () => {
  const now = stage.value
  switch (now.at) {
    case 'choosing':
      return <Choosing />
    case 'sure':
      return <Sure scope={now.scope} now={now.now} />
    case 'kept':
      return (
        <>
          <Message title={t('kept')} body={t('kept.body')} />
          <div class="push stack">
            <button
              type="button"
              class="btn"
              onClick={() => {
                stage.value = { at: 'choosing' }
              }}
            >
              {t('kept.again')}
            </button>
          </div>
        </>
      )
    case 'done':
      return <Message title={t('done')} body={t('done.body')} />
    case 'damaged':
      return <Message title={t('damaged.title')} body={t('damaged.body')} />
    case 'unknown':
      return <Message title={t('unknown')} body={t('unknown.body')} />
  }
}

const speak = async (code: Language): Promise<void> => {
  await stopText.load(code)
  language.value = code
  document.documentElement.lang = code
  document.title = t('title')
}

const Page = () => (
  <>
    <Top title="Amparo" side={<OtherLanguages onPick={(code) => void speak(code)} />} />
    <main key={stage.value.at}>
      <Body />
    </main>
  </>
)

const begin = async (): Promise<void> => {
  await speak(language.value)
  const root = document.getElementById('app')
  if (root === null) return
  root.replaceChildren()
  render(<Page />, root)
}

// Until it is drawn, the page itself says what to do.
void begin().catch(() => undefined)
