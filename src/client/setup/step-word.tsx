import { useSignal } from '@preact/signals'
import { fromText } from '../../protocol/bytes.ts'
import { PHONE_DELAY_MS } from '../../protocol/limits.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { emailOf, hintProblem, isNone, tidy, wordProblem } from '../contacts/checks.ts'
import { WordFields } from '../contacts/lock-choice.tsx'
import { dropSetupDraft, type SetupDraft } from '../device/draft.ts'
import { zoneOfPhone } from '../device/zone.ts'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { replace } from '../ui/route.ts'
import { beginVault } from '../vault/begin.ts'
import type { Outcome } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { change, draft as current } from './draft-state.ts'
import { StepEnd } from './steps.tsx'
import { workshopTicket } from './workshop-code.ts'

const documentOf = (draft: SetupDraft): VaultDocument => ({
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
      secret: draft.pressSecret,
      label: s('presser.this'),
      delayMs: PHONE_DELAY_MS,
      addedAt: Date.now(),
    },
  ],
  wordsConfirmedAt: null,
  practisedAt: null,
  rolledAfter: [],
})

/** What to say where a code would let this family in; null where it is not about that. */
const codeTrouble = (outcome: Outcome<unknown> | null, hasCode: boolean): string | null => {
  if (outcome === null || outcome.ok || outcome.trouble !== 'refused') return null
  if (outcome.code === 'slow-down') return s('trouble.many')
  if (outcome.code !== 'ticket') return null
  return s(hasCode ? 'trouble.ticket' : 'trouble.code-needed')
}

/** Beside the invitation, a family word if there is one; and then the vault is made: the only step that needs a line. */
export const StepWord = ({ draft }: { draft: SetupDraft }) => {
  const checked = useSignal(false)
  const asksCode = useSignal(draft.code !== '')
  const saving = useSaving()
  const ticket = workshopTicket(draft.code)
  const isRight = (): boolean =>
    (isNone(draft.word) ||
      (wordProblem(draft.word) === null && hintProblem(draft.hint, draft.word) === null)) &&
    (isNone(draft.code) || ticket !== null)
  const finish = async (): Promise<void> => {
    checked.value = true
    if (!isRight()) return
    const made = await saving.run(async (onProgress) => {
      const outcome = await beginVault(
        fromText(draft.root),
        draft.presser,
        documentOf(draft),
        ticket,
        onProgress,
      )
      if (outcome.ok) await dropSetupDraft()
      return outcome
    })
    const trouble = codeTrouble(made, ticket !== null)
    if (trouble !== null) {
      asksCode.value = true
      saving.say(trouble)
    }
    if (made?.ok !== true) return
    current.value = null
    replace(`invite/${draft.contact}`)
  }
  return (
    <>
      <p class="soft">{s('step.4.body', { name: draft.contactName })}</p>
      <WordFields
        optional
        word={draft.word}
        hint={draft.hint}
        checked={checked.value}
        onWord={(word) => change({ word })}
        onHint={(hint) => change({ hint })}
      />
      {isNone(draft.word) && <p class="soft small">{s('step.4.without')}</p>}
      {asksCode.value && (
        <Field
          id="code"
          label={s('code.label')}
          help={s('code.help')}
          wrong={checked.value && !isNone(draft.code) && ticket === null ? s('check.code') : null}
        >
          {(attributes) => (
            <input
              {...attributes}
              value={draft.code}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              onInput={(event) => change({ code: event.currentTarget.value })}
            />
          )}
        </Field>
      )}
      <StepEnd onNext={finish} next={s('step.4.done')} busy={saving.isBusy}>
        <SavingNews saving={saving} />
      </StepEnd>
    </>
  )
}
