import { s } from '../text/setup-text.ts'
import { Heading, Top } from '../ui/page.tsx'

/** Safari clears what a page has stored after a week without a visit, and the app on the home screen starts empty. */
export const InstallFirst = ({ onAnyway, onBack }: { onAnyway: () => void; onBack: () => void }) => (
  <>
    <Top title="Amparo" />
    <main>
      <Heading>{s('install.title')}</Heading>
      <p>{s('install.why')}</p>
      <ol class="steps card">
        {([1, 2, 3] as const).map((step) => (
          <li key={step}>
            <span class="num">{step}</span>
            <span>{s(`install.${step}`)}</span>
          </li>
        ))}
      </ol>
      <p>
        <a href="#/name">{s('welcome.plain')}</a>
      </p>
      <div class="push stack">
        <button type="button" class="btn" onClick={onBack}>
          {s('wizard.back')}
        </button>
        <button type="button" class="quiet" onClick={onAnyway}>
          {s('install.anyway')}
        </button>
      </div>
    </main>
  </>
)
