import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { fromText } from '../../protocol/bytes.ts'
import type { ErrorCode } from '../../protocol/codes.ts'
import type { Ticket } from '../../protocol/ticket.ts'
import { hintProblem, isNone, wordProblem } from '../contacts/checks.ts'
import { WordFields } from '../contacts/lock-choice.tsx'
import type { SetupDraft } from '../device/draft.ts'
import { dropSetupDraft } from '../device/drop-draft.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { replace } from '../ui/route.ts'
import { askHost } from '../vault/ask-host.ts'
import { beginVault } from '../vault/begin.ts'
import type { Outcome } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { change, draft as current } from './draft-state.ts'
import { documentOf } from './first-document.ts'
import { type Checking, PersonCheck } from './person-check.tsx'
import { StepEnd } from './steps.tsx'
import { workshopTicket } from './workshop-code.ts'

const isRefused = (outcome: Outcome<unknown> | null, code: ErrorCode): boolean =>
  outcome !== null && !outcome.ok && outcome.trouble === 'refused' && outcome.code === code

/** What to say where a code would let this family in; null where it is not about that. */
const codeTrouble = (outcome: Outcome<unknown> | null, ticket: Ticket | null): string | null => {
  if (isRefused(outcome, 'slow-down')) return s('trouble.many')
  if (!isRefused(outcome, 'ticket')) return null
  return s(ticket === null ? 'trouble.code-needed' : 'trouble.ticket')
}

/** Beside the invitation, a family word if there is one; and then the vault is made: the only step that needs a line. */
export const StepWord = ({ draft }: { draft: SetupDraft }) => {
  const checked = useSignal(false)
  const asksCode = useSignal(draft.code !== '')
  const checking = useSignal<Checking | null>(null)
  const isAsking = useSignal(false)
  const saving = useSaving()
  const code = workshopTicket(draft.code)
  /** Good once; where the answer was lost, the same one goes again with the same vault. */
  const passed = useRef<Ticket | null>(null)
  const host = useRef<ReturnType<typeof askHost> | null>(null)
  const toCode = useRef(false)
  // While she still reads, so that "save" need not wait for it.
  useEffect(() => {
    host.current = askHost()
  }, [])
  useEffect(() => {
    if (checking.value !== null || !toCode.current) return
    toCode.current = false
    document.getElementById('code')?.focus()
  }, [checking.value])
  const isRight = (): boolean =>
    (isNone(draft.word) ||
      (wordProblem(draft.word) === null && hintProblem(draft.hint, draft.word) === null)) &&
    (isNone(draft.code) || code !== null)
  const wantsPerson = async (): Promise<boolean> => {
    isAsking.value = true
    const answer = await host.current
    isAsking.value = false
    // Asked again the next time: what was said once need not hold.
    if (answer === null) host.current = askHost()
    return (answer?.turnstile ?? null) !== null
  }
  const make = async (ticket: Ticket | null): Promise<void> => {
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
    if (made?.ok === true) {
      current.value = null
      replace(`invite/${draft.contact}`)
      return
    }
    if (isRefused(made, 'ticket') && ticket?.kind !== 'workshop') {
      passed.current = null
      if (ticket === null) host.current = askHost()
      if (ticket !== null || (await wantsPerson())) {
        saving.say(null)
        checking.value = ticket === null ? 'asked' : 'refused'
        return
      }
    }
    const trouble = codeTrouble(made, ticket)
    if (trouble === null) return
    asksCode.value = true
    saving.say(trouble)
  }
  const finish = async (): Promise<void> => {
    checked.value = true
    if (!isRight() || isAsking.value) return
    const ticket = code ?? passed.current
    if (ticket === null && (await wantsPerson())) checking.value = 'asked'
    else await make(ticket)
  }
  if (checking.value !== null)
    return (
      <PersonCheck
        now={checking.value}
        onTicket={(ticket) => {
          passed.current = ticket
          checking.value = null
          void make(ticket)
        }}
        onFailed={() => {
          host.current = askHost()
          checking.value = 'failed'
        }}
        onAgain={() => {
          checking.value = null
          void finish()
        }}
        onCode={() => {
          toCode.current = true
          asksCode.value = true
          checking.value = null
        }}
        onBack={() => {
          checking.value = null
        }}
      />
    )
  return (
    <>
      <Heading>{s('step.4.title')}</Heading>
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
          wrong={checked.value && !isNone(draft.code) && code === null ? s('check.code') : null}
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
      <StepEnd onNext={finish} next={s('step.4.done')} busy={saving.isBusy || isAsking.value}>
        <SavingNews saving={saving} />
      </StepEnd>
    </>
  )
}
