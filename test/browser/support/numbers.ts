import { compileMessage } from '@lingui/message-utils/compileMessage'
import numbersEs from '../../../src/i18n/messages/numbers/es.json' with { type: 'json' }
import { translator } from '../../../src/i18n/translate.ts'

/** What the form says of a number that this phone keeps. */
export const numbers = translator('es', numbersEs, compileMessage)
