import type { ComponentType } from 'preact'
import { Language } from '../../../protocol/fields.ts'
import { addressOf, type HelpPage, SOURCES_PAGE } from './addresses.ts'
import { HotlinesPage } from './hotlines-page.tsx'
import { IndexPage } from './index-page.tsx'
import { LibraryPage } from './library-page.tsx'
import { RightsPage } from './rights-page.tsx'
import { type Assets, documentOf, sharedDocumentOf } from './shell.tsx'
import { SourcesPage, sourcesTitle } from './sources-page.tsx'
import { StepsPage } from './steps-page.tsx'
import { type Words, wordsIn } from './words.ts'

/** One file of `dist`. */
export type File = { path: string; text: string }

const PAGES: readonly { page: HelpPage | null; Page: ComponentType<{ words: Words }> }[] = [
  { page: null, Page: IndexPage },
  { page: 'hotlines', Page: HotlinesPage },
  { page: 'steps', Page: StepsPage },
  { page: 'rights', Page: RightsPage },
  { page: 'library', Page: LibraryPage },
]

/** Every help page in every language, as it is served: whole without JavaScript. Called by the build. */
export const helpFiles = (assets: Assets): File[] => [
  {
    path: `${SOURCES_PAGE.slice(1)}.html`,
    text: sharedDocumentOf({ title: sourcesTitle(), assets, children: <SourcesPage /> }),
  },
  ...Language.options.flatMap((language) => {
    const words = wordsIn(language)
    return PAGES.map(({ page, Page }) => ({
      path: `${addressOf(language, page).slice(1)}.html`,
      text: documentOf({
        words,
        page,
        title: words.t(`${page ?? 'index'}.title`),
        assets,
        children: <Page words={words} />,
      }),
    }))
  }),
]
