import { signal } from '@preact/signals'

/** What the button's page says of a move that is not finished (`move.ts`); null where there is none. Its words come with what looks for it. */
export const moveNews = signal<string | null>(null)
