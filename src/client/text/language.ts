import { signal } from '@preact/signals'
import { Language } from '../../protocol/fields.ts'

/** Each in its own words, so that who does not read the present one finds hers. */
export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
]

const ofPhone = (): Language => {
  for (const tag of globalThis.navigator.languages ?? []) {
    const parsed = Language.safeParse(tag.slice(0, 2).toLowerCase())
    if (parsed.success) return parsed.data
  }
  return 'en'
}

export const language = signal<Language>(ofPhone())

/** For dates and lists: the phone's own variant of the language, if it has one ("es-MX"), so that hours read as at home. */
export const locale = (): string =>
  (globalThis.navigator.languages ?? []).find((tag) => tag.toLowerCase().startsWith(language.value)) ??
  language.value

export const timeOf = (at: number): string =>
  new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit' }).format(at)

export const dayOf = (at: number): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(at)

export const dayAndTimeOf = (at: number): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short' }).format(at)
