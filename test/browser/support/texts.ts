import { compileMessage } from '@lingui/message-utils/compileMessage'
import afterEn from '../../../src/i18n/messages/after/en.json' with { type: 'json' }
import afterEs from '../../../src/i18n/messages/after/es.json' with { type: 'json' }
import appEn from '../../../src/i18n/messages/app/en.json' with { type: 'json' }
import appEs from '../../../src/i18n/messages/app/es.json' with { type: 'json' }
import cardEn from '../../../src/i18n/messages/card/en.json' with { type: 'json' }
import cardEs from '../../../src/i18n/messages/card/es.json' with { type: 'json' }
import joinEn from '../../../src/i18n/messages/join/en.json' with { type: 'json' }
import joinEs from '../../../src/i18n/messages/join/es.json' with { type: 'json' }
import lettersEn from '../../../src/i18n/messages/letters/en.json' with { type: 'json' }
import lettersEs from '../../../src/i18n/messages/letters/es.json' with { type: 'json' }
import mailsEn from '../../../src/i18n/messages/mails/en.json' with { type: 'json' }
import mailsEs from '../../../src/i18n/messages/mails/es.json' with { type: 'json' }
import pinEn from '../../../src/i18n/messages/pin/en.json' with { type: 'json' }
import pinEs from '../../../src/i18n/messages/pin/es.json' with { type: 'json' }
import planEn from '../../../src/i18n/messages/plan/en.json' with { type: 'json' }
import planEs from '../../../src/i18n/messages/plan/es.json' with { type: 'json' }
import practiceEn from '../../../src/i18n/messages/practice/en.json' with { type: 'json' }
import practiceEs from '../../../src/i18n/messages/practice/es.json' with { type: 'json' }
import readerEn from '../../../src/i18n/messages/reader/en.json' with { type: 'json' }
import readerEs from '../../../src/i18n/messages/reader/es.json' with { type: 'json' }
import scanEn from '../../../src/i18n/messages/scan/en.json' with { type: 'json' }
import scanEs from '../../../src/i18n/messages/scan/es.json' with { type: 'json' }
import secondEn from '../../../src/i18n/messages/second/en.json' with { type: 'json' }
import secondEs from '../../../src/i18n/messages/second/es.json' with { type: 'json' }
import setupEn from '../../../src/i18n/messages/setup/en.json' with { type: 'json' }
import setupEs from '../../../src/i18n/messages/setup/es.json' with { type: 'json' }
import startOverEn from '../../../src/i18n/messages/startover/en.json' with { type: 'json' }
import startOverEs from '../../../src/i18n/messages/startover/es.json' with { type: 'json' }
import stepsEn from '../../../src/i18n/messages/steps/en.json' with { type: 'json' }
import stepsEs from '../../../src/i18n/messages/steps/es.json' with { type: 'json' }
import stopEn from '../../../src/i18n/messages/stop/en.json' with { type: 'json' }
import stopEs from '../../../src/i18n/messages/stop/es.json' with { type: 'json' }
import waitingEn from '../../../src/i18n/messages/waiting/en.json' with { type: 'json' }
import waitingEs from '../../../src/i18n/messages/waiting/es.json' with { type: 'json' }
import witnessEn from '../../../src/i18n/messages/witness/en.json' with { type: 'json' }
import witnessEs from '../../../src/i18n/messages/witness/es.json' with { type: 'json' }
import { type Messages, type Translate, translator } from '../../../src/i18n/translate.ts'
import type { Language } from '../../../src/protocol/fields.ts'

/** What the pages say, by message id, so that a test holds while the wording changes. */
export type Texts = {
  language: Language
  app: Translate<keyof typeof appEn>
  setup: Translate<keyof typeof setupEn>
  reader: Translate<keyof typeof readerEn>
  letters: Translate<keyof typeof lettersEn>
  mails: Translate<keyof typeof mailsEn>
  join: Translate<keyof typeof joinEn>
  stop: Translate<keyof typeof stopEn>
  practice: Translate<keyof typeof practiceEn>
  after: Translate<keyof typeof afterEn>
  card: Translate<keyof typeof cardEn>
  waiting: Translate<keyof typeof waitingEn>
  scan: Translate<keyof typeof scanEn>
  pin: Translate<keyof typeof pinEn>
  plan: Translate<keyof typeof planEn>
  steps: Translate<keyof typeof stepsEn>
  second: Translate<keyof typeof secondEn>
  startOver: Translate<keyof typeof startOverEn>
  witness: Translate<keyof typeof witnessEn>
}

const textsIn = (
  language: Language,
  app: Messages<keyof typeof appEn>,
  setup: Messages<keyof typeof setupEn>,
  reader: Messages<keyof typeof readerEn>,
  letters: Messages<keyof typeof lettersEn>,
  mails: Messages<keyof typeof mailsEn>,
  join: Messages<keyof typeof joinEn>,
  stop: Messages<keyof typeof stopEn>,
  practice: Messages<keyof typeof practiceEn>,
  after: Messages<keyof typeof afterEn>,
  card: Messages<keyof typeof cardEn>,
  scan: Messages<keyof typeof scanEn>,
  waiting: Messages<keyof typeof waitingEn>,
  pin: Messages<keyof typeof pinEn>,
  plan: Messages<keyof typeof planEn>,
  steps: Messages<keyof typeof stepsEn>,
  second: Messages<keyof typeof secondEn>,
  startOver: Messages<keyof typeof startOverEn>,
  witness: Messages<keyof typeof witnessEn>,
): Texts => ({
  language,
  app: translator(language, app, compileMessage),
  setup: translator(language, setup, compileMessage),
  reader: translator(language, reader, compileMessage),
  letters: translator(language, letters, compileMessage),
  mails: translator(language, mails, compileMessage),
  join: translator(language, join, compileMessage),
  stop: translator(language, stop, compileMessage),
  practice: translator(language, practice, compileMessage),
  after: translator(language, after, compileMessage),
  card: translator(language, card, compileMessage),
  scan: translator(language, scan, compileMessage),
  waiting: translator(language, waiting, compileMessage),
  pin: translator(language, pin, compileMessage),
  plan: translator(language, plan, compileMessage),
  steps: translator(language, steps, compileMessage),
  second: translator(language, second, compileMessage),
  startOver: translator(language, startOver, compileMessage),
  witness: translator(language, witness, compileMessage),
})

export const es = textsIn(
  'es',
  ...([
    appEs,
    setupEs,
    readerEs,
    lettersEs,
    mailsEs,
    joinEs,
    stopEs,
    practiceEs,
    afterEs,
    cardEs,
    scanEs,
    waitingEs,
    pinEs,
    planEs,
    stepsEs,
    secondEs,
    startOverEs,
    witnessEs,
  ] as const),
)
export const en = textsIn(
  'en',
  ...([
    appEn,
    setupEn,
    readerEn,
    lettersEn,
    mailsEn,
    joinEn,
    stopEn,
    practiceEn,
    afterEn,
    cardEn,
    scanEn,
    waitingEn,
    pinEn,
    planEn,
    stepsEn,
    secondEn,
    startOverEn,
    witnessEn,
  ] as const),
)
