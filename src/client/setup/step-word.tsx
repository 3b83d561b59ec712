import { useSignal } from '@preact/signals'
import { fromText } from '../../protocol/bytes.ts'
import { PHONE_DELAY_MS } from '../../protocol/limits.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { hintProblem, tidy, wordProblem } from '../contacts/checks.ts'
import { WordFields } from '../contacts/lock-choice.tsx'
import { dropSetupDraft, type SetupDraft } from '../device/draft.ts'
import { zoneOfPhone } from '../device/zone.ts'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { replace } from '../ui/route.ts'
import { Working } from '../ui/working.tsx'
import { beginVault } from '../vault/begin.ts'
import { troubleText } from '../vault/trouble.ts'
import { change, draft as current } from './draft-state.ts'
import { StepEnd } from './steps.tsx'

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
      email: draft.email.trim(),
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
        lock: { kind: 'word', word: tidy(draft.word), hint: tidy(draft.hint) || null },
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

/** The family word, and then the vault is made: the only step that needs a line. */
export const StepWord = ({ draft }: { draft: SetupDraft }) => {
  const checked = useSignal(false)
  const done = useSignal<number | null>(null)
  const trouble = useSignal<string | null>(null)
  const finish = async (): Promise<void> => {
    checked.value = true
    if (wordProblem(draft.word) !== null || hintProblem(draft.hint, draft.word) !== null) return
    done.value = 0
    trouble.value = null
    try {
      const made = await beginVault(fromText(draft.root), draft.presser, documentOf(draft), (part) => {
        done.value = part
      })
      if (made.ok) {
        await dropSetupDraft()
        current.value = null
        replace('practice')
        return
      }
      trouble.value = troubleText(made)
    } catch {
      trouble.value = s('trouble.phone')
    }
    done.value = null
  }
  return (
    <>
      <p class="soft">{s('step.4.body', { name: draft.contactName })}</p>
      <WordFields
        word={draft.word}
        hint={draft.hint}
        checked={checked.value}
        onWord={(word) => change({ word })}
        onHint={(hint) => change({ hint })}
      />
      <StepEnd onNext={finish} next={s('step.4.done')} busy={done.value !== null}>
        {trouble.value !== null && (
          <p class="wrong" role="alert">
            {trouble.value}
          </p>
        )}
        {done.value !== null && <Working label={s('sealing')} done={done.value} />}
      </StepEnd>
    </>
  )
}
