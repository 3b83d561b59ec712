import type { Language } from '../../../protocol/fields.ts'

export const HELP_PAGES = ['hotlines', 'steps', 'rights', 'library'] as const
export type HelpPage = (typeof HELP_PAGES)[number]

/** Where a page is: the same for everybody, and nothing about anybody in it. Null: the page that lists the others. */
export const addressOf = (language: Language, page: HelpPage | null): string =>
  page === null ? `/help/${language}` : `/help/${language}/${page}`

/** One page for all languages: where an entry was read has no language. */
export const SOURCES_PAGE = '/help/sources'
export type SourceGroup = 'hotlines' | 'rights' | 'steps' | 'consulates'
export const sourcesOf = (group: SourceGroup, id: string): string => `${SOURCES_PAGE}#${group}-${id}`
