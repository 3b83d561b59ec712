/**
 * The hotline that this phone's button shows, from the second copy of the press record (`records.ts`), as it was stored: not checked, so
 * good for a look-up and nothing else. For pages that should not carry the app's storage and its schemas.
 *
 * @returns null where there is no button on this phone
 */
export const hotlineOfPhone = (): string | null => {
  try {
    const stored = localStorage.getItem('amparo/copy-press') ?? localStorage.getItem('amparo/press')
    const record: unknown = JSON.parse(stored ?? 'null')
    if (typeof record !== 'object' || record === null || !('hotline' in record)) return null
    return typeof record.hotline === 'string' ? record.hotline : null
  } catch {
    return null
  }
}
