import { compileMessage } from '@lingui/message-utils/compileMessage'
import pushLostEs from '../../../src/i18n/messages/push-lost/es.json' with { type: 'json' }
import { translator } from '../../../src/i18n/translate.ts'

/** What a contact is told whose browser gets no notifications any more. */
export const pushLost = translator('es', pushLostEs, compileMessage)
