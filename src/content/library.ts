import file from './library.json'
import type { LibraryEntry, LibraryFile } from './library-schema.ts'

/** The library: what the community page held, and what serves for it today. Pure; sources in `library-sources.json`. */
export const LIBRARY: readonly LibraryEntry[] = file as LibraryFile

export const entryById = (id: string): LibraryEntry | null => LIBRARY.find((entry) => entry.id === id) ?? null
