import { compileMessage } from '@lingui/message-utils/compileMessage'
import pressersEn from '../../../src/i18n/messages/pressers/en.json' with { type: 'json' }
import pressersEs from '../../../src/i18n/messages/pressers/es.json' with { type: 'json' }
import situationsEn from '../../../src/i18n/messages/situations/en.json' with { type: 'json' }
import situationsEs from '../../../src/i18n/messages/situations/es.json' with { type: 'json' }
import whereEn from '../../../src/i18n/messages/where/en.json' with { type: 'json' }
import whereEs from '../../../src/i18n/messages/where/es.json' with { type: 'json' }
import witnessEn from '../../../src/i18n/messages/witness/en.json' with { type: 'json' }
import witnessEs from '../../../src/i18n/messages/witness/es.json' with { type: 'json' }
import { translator } from '../../../src/i18n/translate.ts'

/** What the pages of pressers say, and those that show what pressers wrote. */
export const es = {
  pressers: translator('es', pressersEs, compileMessage),
  situations: translator('es', situationsEs, compileMessage),
  where: translator('es', whereEs, compileMessage),
  witness: translator('es', witnessEs, compileMessage),
}
export const en = {
  pressers: translator('en', pressersEn, compileMessage),
  situations: translator('en', situationsEn, compileMessage),
  where: translator('en', whereEn, compileMessage),
  witness: translator('en', witnessEn, compileMessage),
}
