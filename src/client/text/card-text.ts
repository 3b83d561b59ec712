import type en from '../../i18n/messages/card/en.json'
import type face from '../../i18n/messages/card-face/en.json'
import { textOf } from './text.ts'

/** The catalog of the owner's page of cards. */
export const card = textOf<keyof typeof en>(
  import.meta.glob('../../i18n/messages/card/*.json', { query: '?lingui' }),
)
export const c = card.t

/** What is printed on a card, in two languages at once: never the page's own. */
export const cardFace = textOf<keyof typeof face>(
  import.meta.glob('../../i18n/messages/card-face/*.json', { query: '?lingui' }),
)
