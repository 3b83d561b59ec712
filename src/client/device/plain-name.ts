import type { Language } from '../../protocol/fields.ts'

/**
 * Under which name and icon the app is put on the home screen: its own, or those of a notepad. Read before the browser looks at the
 * manifest, so it lies in localStorage, which can be read at once.
 */
const KEY = 'name'
const PLAIN = 'notes'
const NAMES: Record<Language, string> = { en: 'Notes', es: 'Notas' }

export const isPlain = (): boolean => {
  try {
    return globalThis.localStorage.getItem(KEY) === PLAIN
  } catch {
    return false
  }
}

/** @returns false if this browser keeps nothing */
export const choosePlain = (plain: boolean): boolean => {
  try {
    if (plain) globalThis.localStorage.setItem(KEY, PLAIN)
    else globalThis.localStorage.removeItem(KEY)
    return true
  } catch {
    return false
  }
}

/** What the page says of itself to the browser: its title, its icons, and what is installed. */
export const wearName = (language: Language): void => {
  const plain = isPlain()
  const point = (rel: string, href: string) => {
    const link = document.head.querySelector<HTMLLinkElement>(`link[rel="${rel}"]`)
    if (link !== null && !link.href.endsWith(href)) link.href = href
  }
  document.title = plain ? NAMES[language] : 'Amparo'
  point('icon', plain ? '/notes.svg' : '/icon.svg')
  point('apple-touch-icon', plain ? '/notes-180.png' : '/icon-180.png')
  point('manifest', plain ? `/notes-${language}.webmanifest` : '/manifest.webmanifest')
}
