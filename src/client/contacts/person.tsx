import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DocumentContact } from '../../protocol/vault-document.ts'
import { dropEditDraft, type EditDraft, readEditDraft, writeEditDraft } from '../device/draft.ts'
import { LetterField } from '../letters/letter-field.tsx'
import { language } from '../text/language.ts'
import { templateIn } from '../text/letter-templates.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { go } from '../ui/route.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { Working } from '../ui/working.tsx'
import { type ContactFields as Fields, newContact, withContact } from '../vault/document.ts'
import { changeVault, type Opened } from '../vault/session.ts'
import { troubleText } from '../vault/trouble.ts'
import {
  contactNameProblem,
  emailProblem,
  hintProblem,
  letterProblem,
  phraseProblem,
  tidy,
  wordProblem,
} from './checks.ts'
import { ContactFields } from './contact-fields.tsx'
import { LockKindChoice, WordFields } from './lock-choice.tsx'
import { RemovePerson } from './remove-person.tsx'

const draftOf = async (opened: Opened, contact: DocumentContact | undefined): Promise<EditDraft> => {
  const kept = await readEditDraft()
  if (kept !== null && kept.contact === (contact?.id ?? null)) return kept
  const word = (contact ?? opened.document.contacts.find(({ letter }) => letter.lock.kind === 'word'))?.letter
    .lock
  return {
    v: 1,
    contact: contact?.id ?? null,
    name: contact?.name ?? '',
    email: contact?.email ?? '',
    language: contact?.language ?? language.value,
    text: contact?.letter.text ?? (await templateIn(language.value, 'short')),
    phrase: contact?.letter.phrase ?? '',
    lock: contact?.letter.lock.kind ?? 'word',
    word: word?.kind === 'word' ? word.word : '',
    hint: word?.kind === 'word' ? (word.hint ?? '') : '',
  }
}

const isRight = (draft: EditDraft): boolean =>
  contactNameProblem(draft.name) === null &&
  emailProblem(draft.email) === null &&
  letterProblem(draft.text) === null &&
  phraseProblem(draft.phrase) === null &&
  (draft.lock !== 'word' ||
    (wordProblem(draft.word) === null && hintProblem(draft.hint, draft.word) === null))

const fieldsOf = (draft: EditDraft): Fields => ({
  name: tidy(draft.name),
  email: draft.email.trim(),
  language: draft.language,
  text: draft.text.trim(),
  phrase: tidy(draft.phrase) || null,
  lock:
    draft.lock !== 'word'
      ? { kind: draft.lock }
      : { kind: 'word', word: tidy(draft.word), hint: tidy(draft.hint) || null },
})

const applied = (contact: DocumentContact, { name, email, language: reads, text, phrase, lock }: Fields) => ({
  ...contact,
  name,
  email,
  language: reads,
  letter: { ...contact.letter, text, phrase, lock },
})

const Form = ({ opened, contact }: { opened: Opened; contact: DocumentContact | undefined }) => {
  const draft = useSignal<EditDraft | null>(null)
  const checked = useSignal(false)
  const done = useSignal<number | null>(null)
  const trouble = useSignal<string | null>(null)
  useEffect(() => {
    void draftOf(opened, contact).then((first) => {
      draft.value = first
    })
  }, [])
  const now = draft.value
  if (now === null) return null
  const change = (values: Partial<EditDraft>): void => {
    draft.value = { ...now, ...values }
    void writeEditDraft(draft.value).then((kept) => {
      if (!kept) trouble.value = s('draft.unsafe')
    })
  }
  const save = async (): Promise<void> => {
    checked.value = true
    if (!isRight(now)) {
      trouble.value = s('check.above')
      return
    }
    done.value = 0
    trouble.value = null
    const fields = fieldsOf(now)
    // Made once: a repetition after a conflict must not add the same person twice.
    const fresh = contact === undefined ? newContact(fields) : null
    try {
      const saved = await changeVault(
        (document) => {
          const known = document.contacts.find(({ id }) => id === contact?.id) ?? contact
          return withContact(
            document,
            known === undefined ? (fresh ?? newContact(fields)) : applied(known, fields),
          )
        },
        (part) => {
          done.value = part
        },
      )
      if (saved.ok) {
        await dropEditDraft()
        go('people')
        return
      }
      trouble.value = troubleText(saved)
    } catch {
      trouble.value = s('trouble.phone')
    }
    done.value = null
  }
  return (
    <>
      <ContactFields
        name={now.name}
        email={now.email}
        language={now.language}
        checked={checked.value}
        onChange={change}
      />
      <LetterField
        text={now.text}
        language={now.language}
        checked={checked.value}
        onText={(text) => change({ text })}
      />
      <LockKindChoice kind={now.lock} onKind={(lock) => change({ lock })} />
      {now.lock === 'word' && (
        <WordFields
          word={now.word}
          hint={now.hint}
          checked={checked.value}
          onWord={(word) => change({ word })}
          onHint={(hint) => change({ hint })}
        />
      )}
      <Field
        id="phrase"
        label={s('phrase.label')}
        help={s('phrase.help')}
        wrong={checked.value ? phraseProblem(now.phrase) : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            value={now.phrase}
            onInput={(event) => change({ phrase: event.currentTarget.value })}
          />
        )}
      </Field>
      <div class="push stack">
        {trouble.value !== null && (
          <p class="wrong" role="alert">
            {trouble.value}
          </p>
        )}
        {done.value !== null && <Working label={s('sealing')} done={done.value} />}
        <button type="button" class="btn prime" disabled={done.value !== null} onClick={save}>
          {s('person.save')}
        </button>
        {contact !== undefined && <RemovePerson contact={contact} />}
      </div>
    </>
  )
}

/** One contact: who, where, the letter, and how it opens. */
export const Person = ({ id }: { id: string }) => (
  <VaultPage title={s(id === 'new' ? 'person.new' : 'person.title')} back="people">
    {(opened) => {
      const contact = opened.document.contacts.find((one) => one.id === id)
      if (contact === undefined && id !== 'new') return <p>{s('person.gone')}</p>
      return <Form opened={opened} contact={contact} />
    }}
  </VaultPage>
)
