import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DocumentContact, LockChoice } from '../../protocol/vault-document.ts'
import { dropEditDraft, type EditDraft, readEditDraft, writeEditDraft } from '../device/draft.ts'
import { LetterField } from '../letters/letter-field.tsx'
import { language } from '../text/language.ts'
import { templateIn } from '../text/letter-templates.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { go } from '../ui/route.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { type ContactFields as Fields, newContact, withContact, withEdited } from '../vault/document.ts'
import type { Opened } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import {
  contactNameProblem,
  emailOf,
  hintProblem,
  letterProblem,
  optionalEmailProblem,
  phraseProblem,
  tidy,
  wordProblem,
} from './checks.ts'
import { ContactFields } from './contact-fields.tsx'
import { KeptNumberPlace } from './kept-number-place.ts'
import { LockKindChoice, WordFields } from './lock-choice.tsx'
import { PersonStanding } from './person-standing.tsx'
import { RemovePerson } from './remove-person.tsx'
import { WaysOfPerson } from './ways-of-person.tsx'

const draftOf = async (opened: Opened, contact: DocumentContact | undefined): Promise<EditDraft> => {
  const kept = await readEditDraft()
  const before = { email: contact?.email ?? '', language: contact?.language ?? language.value }
  if (kept !== null && kept.contact === (contact?.id ?? null)) {
    return {
      ...kept,
      before,
      email: kept.email === kept.before.email ? before.email : kept.email,
      language: kept.language === kept.before.language ? before.language : kept.language,
    }
  }
  const word = (contact ?? opened.document.contacts.find(({ letter }) => letter.lock.kind === 'word'))?.letter
    .lock
  return {
    v: 1,
    contact: contact?.id ?? null,
    name: contact?.name ?? '',
    ...before,
    before,
    text: contact?.letter.text ?? (await templateIn(language.value, 'short')),
    phrase: contact?.letter.phrase ?? '',
    lock: contact?.letter.lock.kind ?? (word === undefined ? 'paired' : 'word'),
    word: word?.kind === 'word' ? word.word : '',
    hint: word?.kind === 'word' ? (word.hint ?? '') : '',
  }
}

const isRight = (draft: EditDraft): boolean =>
  contactNameProblem(draft.name) === null &&
  optionalEmailProblem(draft.email) === null &&
  letterProblem(draft.text) === null &&
  phraseProblem(draft.phrase) === null &&
  (draft.lock !== 'word' ||
    (wordProblem(draft.word) === null && hintProblem(draft.hint, draft.word) === null))

const fieldsOf = (draft: EditDraft): Fields => ({
  name: tidy(draft.name),
  email: emailOf(draft.email),
  language: draft.language,
  text: draft.text.trim(),
  phrase: tidy(draft.phrase) || null,
  lock:
    draft.lock !== 'word'
      ? { kind: draft.lock }
      : { kind: 'word', word: tidy(draft.word), hint: tidy(draft.hint) || null },
})

const applied = (
  contact: DocumentContact,
  { name, email, language: reads, text, phrase, lock }: Fields,
  { before }: EditDraft,
): DocumentContact => ({
  ...contact,
  name,
  email: email === emailOf(before.email) ? contact.email : email,
  language: reads === before.language ? contact.language : reads,
  letter: { ...contact.letter, text, phrase, lock },
})

/** Without a word, who never gets the invitation could not open the letter: that choice comes with it, or with a new person. */
const kindsFor = (contact: DocumentContact | undefined): readonly LockChoice['kind'][] => {
  const mayBePaired =
    contact === undefined ||
    contact.invitedAt !== null ||
    contact.answer !== null ||
    contact.letter.lock.kind === 'paired'
  return mayBePaired ? ['word', 'paired', 'link'] : ['word', 'link']
}

const Form = ({ opened, contact }: { opened: Opened; contact: DocumentContact | undefined }) => {
  const draft = useSignal<EditDraft | null>(null)
  const checked = useSignal(false)
  const saving = useSaving()
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
      if (!kept) saving.say(s('draft.unsafe'))
    })
  }
  const save = async (): Promise<void> => {
    checked.value = true
    if (!isRight(now)) {
      saving.say(s('check.above'))
      return
    }
    const fields = fieldsOf(now)
    // Made once: a repetition after a conflict must not add the same person twice.
    const fresh = contact === undefined ? newContact(fields) : null
    const isSaved = await saving.save((document) =>
      contact === undefined
        ? withContact(document, fresh ?? newContact(fields))
        : withEdited(document, contact.id, (known) => applied(known, fields, now)),
    )
    if (!isSaved) return
    await dropEditDraft()
    go('people')
  }
  return (
    <>
      {contact !== undefined && <PersonStanding contact={contact} />}
      {contact !== undefined && <WaysOfPerson opened={opened} contact={contact} />}
      <ContactFields
        name={now.name}
        email={now.email}
        language={now.language}
        isConfirmed={contact !== undefined && contact.answer !== null && contact.email !== null}
        checked={checked.value}
        onChange={change}
      />
      <LetterField
        text={now.text}
        language={now.language}
        checked={checked.value}
        onText={(text) => change({ text })}
      />
      <LockKindChoice kinds={kindsFor(contact)} kind={now.lock} onKind={(lock) => change({ lock })} />
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
            autocomplete="off"
            onInput={(event) => change({ phrase: event.currentTarget.value })}
          />
        )}
      </Field>
      <div class="push stack">
        <SavingNews saving={saving} />
        <button type="button" class="btn prime" disabled={saving.isBusy} onClick={save}>
          {s('person.save')}
        </button>
        {contact !== undefined && <RemovePerson contact={contact} />}
      </div>
      {contact !== undefined && <KeptNumberPlace contact={contact.id} name={contact.name} />}
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
