import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { OwnerName } from '../../../protocol/fields.ts'
import { NOTE_MAX_CHARS, OWNER_NAME_MAX_CHARS } from '../../../protocol/limits.ts'
import { isPlainName } from '../../../protocol/plain-name.ts'
import { a } from '../../text/after-text.ts'
import { Field } from '../../ui/field.tsx'
import { draft, dropDraft, keepDraft, type Said, say } from './saying.ts'

/** One line, as the seal wants it. */
const tidy = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** What it means that a word was not taken. */
export const saidText = (said: Said | null, from: string): string | null => {
  switch (said) {
    case 'not-sent':
      return a('form.not-sent')
    case 'changed':
      return a('form.changed')
    case 'closed':
      return a('form.closed', { name: from })
    default:
      return null
  }
}

/** The second, deliberate act: a name, a few words if one likes, and yes. */
export const OnItForm = ({ from, onEnd }: { from: string; onEnd: () => void }) => {
  const wrong = useSignal(false)
  const sending = useSignal(false)
  const said = useSignal<Said | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  const send = async (): Promise<void> => {
    const name = tidy(draft.value.name)
    const note = tidy(draft.value.note)
    wrong.value = !OwnerName.safeParse(name).success || !isPlainName(name)
    if (wrong.value) return
    sending.value = true
    said.value = null
    said.value = await say({ name, note: note === '' ? null : note }).catch((): Said => 'not-sent')
    sending.value = false
    if (said.value !== 'done') return
    dropDraft()
    onEnd()
  }

  const trouble = saidText(said.value, from)
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!sending.value) void send()
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {a('form.title')}
      </h2>
      <p class="small">{a('form.who', { name: from })}</p>
      <Field id="on-it-name" label={a('form.name')} wrong={wrong.value ? a('form.name.wrong') : null}>
        {(attributes) => (
          <input
            {...attributes}
            value={draft.value.name}
            maxLength={OWNER_NAME_MAX_CHARS}
            autocomplete="name"
            onInput={({ currentTarget }) => keepDraft({ ...draft.value, name: currentTarget.value })}
          />
        )}
      </Field>
      <Field id="on-it-note" label={a('form.note')} help={a('form.note.help')}>
        {(attributes) => (
          <input
            {...attributes}
            value={draft.value.note}
            maxLength={NOTE_MAX_CHARS}
            autocomplete="off"
            onInput={({ currentTarget }) => keepDraft({ ...draft.value, note: currentTarget.value })}
          />
        )}
      </Field>
      <div aria-live="assertive">{trouble !== null && <p class="wrong">{trouble}</p>}</div>
      <button type="submit" class="btn prime" disabled={sending.value}>
        {sending.value ? a('form.sending') : a('form.yes')}
      </button>
      <button type="button" class="btn" onClick={onEnd}>
        {a('form.no')}
      </button>
    </form>
  )
}
