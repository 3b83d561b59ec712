import { signal } from '@preact/signals'
import type { Language } from '../../protocol/fields.ts'
import { scan } from '../text/scan-text.ts'

/** What only who has a card needs of the page of pressers: a chunk and a catalog of its own. */
const load = async () => {
  const [{ CodeEntry }, words] = await Promise.all([import('./code-entry.tsx'), import('./card-words.tsx')])
  return { CodeEntry, ...words }
}
type Parts = Awaited<ReturnType<typeof load>>

/** `failed`: said to the person, and `loadParts` can be called again. */
export const parts = signal<Parts | 'loading' | 'failed' | null>(null)

export const loadParts = async (language: Language): Promise<void> => {
  if (parts.value === 'loading') return
  if (parts.value === null || parts.value === 'failed') parts.value = 'loading'
  try {
    const [loaded] = await Promise.all([load(), scan.load(language)])
    parts.value = loaded
  } catch {
    parts.value = 'failed'
  }
}

/** @returns null until they are here */
export const partsNow = (): Parts | null =>
  parts.value === null || typeof parts.value === 'string' ? null : parts.value
