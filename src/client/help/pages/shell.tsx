import type { ComponentChildren } from 'preact'
import { NOT_LEGAL_ADVICE } from '../../../content/rights-scenes.ts'
import type { Language } from '../../../protocol/fields.ts'
import { Mark } from '../../ui/icons.tsx'
import { addressOf, HELP_PAGES, type HelpPage } from './addresses.ts'
import { render } from './render.ts'
import type { Words } from './words.ts'

/** Files of the build that every page names. */
export type Assets = { scripts: readonly string[]; styles: readonly string[] }

const OTHER: Record<Language, { code: Language; name: string }> = {
  en: { code: 'es', name: 'Español' },
  es: { code: 'en', name: 'English' },
}

type Props = { words: Words; page: HelpPage | null; title: string; children: ComponentChildren }

const Body = ({ words: { language, t }, page, title, children }: Props) => {
  const other = OTHER[language]
  return (
    <div id="app" class="help">
      <header class="top">
        <a class="home" href="/" aria-label={t('home')}>
          <Mark />
          <b>Amparo</b>
        </a>
        <div class="side">
          <a class="quiet" href={addressOf(other.code, page)} hreflang={other.code} lang={other.code}>
            {other.name}
          </a>
        </div>
      </header>
      <nav class="tabs" aria-label={t('nav')}>
        {HELP_PAGES.map((name) => (
          <a key={name} href={addressOf(language, name)} aria-current={name === page ? 'page' : undefined}>
            {t(`nav.${name}`)}
          </a>
        ))}
      </nav>
      <main data-page={page ?? 'index'}>
        <h1>{title}</h1>
        {children}
      </main>
      <footer class="soft small">
        <p>{NOT_LEGAL_ADVICE[language]}</p>
      </footer>
    </div>
  )
}

const Head = ({ title, assets: { scripts, styles } }: { title: string; assets: Assets }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <title>{`${title} · Amparo`}</title>
    <meta name="referrer" content="no-referrer" />
    <meta name="robots" content="noindex" />
    <meta name="theme-color" content="#fbf6ee" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="#101b1e" media="(prefers-color-scheme: dark)" />
    <meta name="format-detection" content="telephone=no" />
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="apple-touch-icon" href="/icon-180.png" />
    <link rel="manifest" href="/manifest.webmanifest" />
    {styles.map((file) => (
      <link key={file} rel="stylesheet" href={`/${file}`} />
    ))}
    {scripts.map((file) => (
      <script key={file} type="module" src={`/${file}`} />
    ))}
  </head>
)

/** A page that is the same in every language: whose names are names, and whose few words stand in all of them. */
export const sharedDocumentOf = ({
  title,
  assets,
  children,
}: Omit<Props, 'words' | 'page'> & { assets: Assets }) =>
  `<!doctype html>${render(
    <html lang="en">
      <Head title={title} assets={assets} />
      <body>
        <div id="app" class="help">
          <header class="top">
            <a class="home" href="/help">
              <Mark />
              <b>Amparo</b>
            </a>
          </header>
          <main data-page="shared">
            <h1>{title}</h1>
            {children}
          </main>
        </div>
      </body>
    </html>,
  )}\n`

/** A whole page as a file. */
export const documentOf = (props: Props & { assets: Assets }): string =>
  `<!doctype html>${render(
    <html lang={props.words.language}>
      <Head title={props.title} assets={props.assets} />
      <body>
        <Body {...props} />
      </body>
    </html>,
  )}\n`
