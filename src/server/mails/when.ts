import type { Language } from '../../protocol/fields.ts'

/** Of the places where the families live: 12 hours, and names of zones as people there say them. */
const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-US' }

const momentOf = (language: Language, zone: string, at: number): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  })
    .format(at)
    // ICU's narrow spaces are boxes in some mail programs.
    .replace(/[\u00a0\u202f]/g, ' ')

const nameOf = (language: Language, zone: string, at: number): string =>
  new Intl.DateTimeFormat(LOCALES[language], { timeZone: zone, timeZoneName: 'long' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone

/**
 * A moment as the family tells it, with the zone's name. A zone that this runtime does not know must not lose an alert:
 * then it is universal time, and `local` is false so that the mail says so.
 *
 * @param at ms since 1970
 */
export const tellWhen = (language: Language, zone: string, at: number): { when: string; local: boolean } => {
  try {
    return { when: tell(language, zone, at), local: true }
  } catch {
    return { when: tell(language, 'UTC', at), local: false }
  }
}

const tell = (language: Language, zone: string, at: number): string =>
  `${momentOf(language, zone, at)} (${nameOf(language, zone, at)})`
