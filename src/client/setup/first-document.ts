import { PHONE_DELAY_MS } from '../../protocol/limits.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { emailOf, isNone, tidy } from '../contacts/checks.ts'
import type { SetupDraft } from '../device/draft.ts'
import { zoneOfPhone } from '../device/zone.ts'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'

/** What the set-up ends with: one contact, one letter, this phone. */
export const documentOf = (draft: SetupDraft): VaultDocument => ({
  v: 1,
  name: tidy(draft.name),
  language: language.value,
  hotline: draft.hotline,
  zone: zoneOfPhone(),
  situation: draft.situation,
  lead: null,
  contacts: [
    {
      id: draft.contact,
      name: tidy(draft.contactName),
      language: draft.language,
      email: emailOf(draft.email),
      sms: null,
      push: null,
      stop: draft.stop,
      secret: draft.contactSecret,
      invitedAt: null,
      answer: null,
      clearedAt: null,
      letter: {
        id: draft.letter,
        version: 1,
        secret: draft.letterSecret,
        text: draft.text.trim(),
        phrase: null,
        lock: isNone(draft.word)
          ? { kind: 'paired' }
          : { kind: 'word', word: tidy(draft.word), hint: tidy(draft.hint) || null },
      },
    },
  ],
  pressers: [
    {
      id: draft.presser,
      kind: 'phone',
      secret: draft.pressSecret,
      label: s('presser.this'),
      delayMs: PHONE_DELAY_MS,
      addedAt: Date.now(),
    },
  ],
  former: [],
  wordsConfirmedAt: null,
  practisedAt: null,
  rolledAfter: [],
  plan: null,
})
