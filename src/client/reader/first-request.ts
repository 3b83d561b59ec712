import { toText } from '../../protocol/bytes.ts'
import { decodeLink } from '../../protocol/link.ts'
import { LETTER_ROUTES } from '../../protocol/routes.ts'
import { takeFragment } from './fragment.ts'

/**
 * Runs before the page's application has arrived: on a bad line the letter is under way while the rest still loads. The answer is
 * read, and checked, by the application.
 */
export const link = decodeLink('letter', takeFragment('letter'))

/** The question, as it goes over the line. */
export const question =
  link === null ? null : JSON.stringify({ vault: toText(link.vault), letter: toText(link.id) })

/** The first try, unread; a later one is the application's own. Null for a damaged link. */
export const firstTry: Promise<Response | null> | null =
  question === null
    ? null
    : fetch(LETTER_ROUTES.letter, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: question,
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      }).catch(() => null)
