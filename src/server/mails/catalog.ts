import { compileMessage } from '@lingui/message-utils/compileMessage'
import en from '../../i18n/messages/mails/en.json'
import es from '../../i18n/messages/mails/es.json'
import { type Translate, translator } from '../../i18n/translate.ts'
import type { Language } from '../../protocol/fields.ts'

/** The Worker's loader: JSON bundled with the code, compiled when first used (there is no `?lingui` outside Vite). */
export type MailMessage = keyof typeof en

const CATALOGS = { en, es } satisfies Record<Language, Record<MailMessage, string>>

/** Made anew for each mail: cheap, and no language of another mail stays behind. */
export const mailTranslator = (language: Language): Translate<MailMessage> =>
  translator(language, CATALOGS[language], compileMessage)
