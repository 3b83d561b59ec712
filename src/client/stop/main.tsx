import { signal } from '@preact/signals'
import { render } from 'preact'
import { toText } from '../../protocol/bytes.ts'
import { DoneAnswer } from '../../protocol/done.ts'
import { decodeLink } from '../../protocol/link.ts'
import { ROUTES } from '../../protocol/routes.ts'
import { ask } from '../../queue/ask.ts'
import { takeFragment } from '../reader/fragment.ts'
import { language } from '../text/language.ts'
import { reader, t } from '../text/reader-text.ts'
import { Heading, Top } from '../ui/page.tsx'

/** "Never again": takes effect by a tap here, never by opening the link. */
type Stage = 'asking' | 'busy' | 'done' | 'unknown' | 'no-line' | 'damaged'

const link = decodeLink('stop', takeFragment('stop'))
const stage = signal<Stage>(link === null || link.secret === null ? 'damaged' : 'asking')

const stop = async (scope: 'owner' | 'all'): Promise<void> => {
  if (link === null || link.secret === null) return
  stage.value = 'busy'
  const reply = await ask(
    ROUTES.stop,
    JSON.stringify({ vault: toText(link.vault), id: toText(link.id), token: toText(link.secret), scope }),
    DoneAnswer,
  )
  if (reply.kind === 'answer') stage.value = 'done'
  else stage.value = reply.kind === 'refusal' && reply.refusal.error === 'unknown' ? 'unknown' : 'no-line'
}

const Body = () => {
  switch (stage.value) {
    case 'done':
      return (
        <>
          <Heading>{t('stop.done')}</Heading>
          <p role="status">{t('stop.done.body')}</p>
        </>
      )
    case 'damaged':
      return (
        <>
          <Heading>{t('damaged.title')}</Heading>
          <p role="status">{t('stop.damaged')}</p>
        </>
      )
    case 'unknown':
      return (
        <>
          <Heading>{t('stop.unknown')}</Heading>
          <p role="status">{t('stop.unknown.body')}</p>
        </>
      )
    default:
      return (
        <>
          <Heading>{t('stop.title')}</Heading>
          <p>{t('stop.body')}</p>
          <div aria-live="polite">
            {stage.value === 'no-line' && <p class="wrong">{t('no-line.body')}</p>}
          </div>
          <div class="push stack">
            <button
              type="button"
              class="btn prime"
              disabled={stage.value === 'busy'}
              onClick={() => void stop('owner')}
            >
              {t('stop.owner')}
            </button>
            <button
              type="button"
              class="btn"
              disabled={stage.value === 'busy'}
              onClick={() => void stop('all')}
            >
              {t('stop.all')}
            </button>
          </div>
        </>
      )
  }
}

const Page = () => (
  <>
    <Top title="Amparo" />
    <main key={stage.value}>
      <Body />
    </main>
  </>
)

const begin = async (): Promise<void> => {
  await reader.load(language.value)
  document.documentElement.lang = language.value
  document.title = t('stop.title')
  const root = document.getElementById('app')
  if (root === null) return
  root.replaceChildren()
  render(<Page />, root)
}

// Until it is drawn, the page itself says what to do.
void begin().catch(() => undefined)
