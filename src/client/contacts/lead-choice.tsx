import { useSignal } from '@preact/signals'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { channelsOf, withLead } from '../vault/document.ts'
import { heard, type Opened } from '../vault/session.ts'
import { placeOf } from '../vault/standing.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'

/** Who is asked first to call the hotline: the others are told, so that the line does not get twelve calls. */
export const LeadChoice = ({ opened }: { opened: Opened }) => {
  const { contacts, lead } = opened.document
  const picked = useSignal<string | null>(null)
  const saving = useSaving()
  const shown = picked.value ?? lead ?? ''
  const chosen = contacts.find(({ id }) => id === shown)
  const isUnwritten =
    chosen !== undefined && (channelsOf(chosen).length === 0 || placeOf(chosen, heard.value) === 'left')
  const save = async (): Promise<void> => {
    if (await saving.save((document) => withLead(document, shown || null))) picked.value = null
  }
  return (
    <div class="card stack">
      <Field id="lead" label={s('lead.label')} help={s('lead.help')}>
        {(attributes) => (
          <select
            {...attributes}
            value={shown}
            disabled={saving.isBusy}
            onChange={(event) => (picked.value = event.currentTarget.value)}
          >
            <option value="">{s('lead.nobody')}</option>
            {contacts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isUnwritten && (
        <p class="wrong" role="status">
          {s('lead.unwritten', { name: chosen.name })}
        </p>
      )}
      <SavingNews saving={saving} />
      {shown !== (lead ?? '') && (
        <button type="button" class="btn" disabled={saving.isBusy} onClick={save}>
          {s('person.save')}
        </button>
      )}
    </div>
  )
}
