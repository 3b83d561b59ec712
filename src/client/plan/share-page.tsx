import { useSignal } from '@preact/signals'
import { useState } from 'preact/hooks'
import { p } from '../text/plan-text.ts'
import { go } from '../ui/route.ts'
import { sharedWith, withPicked } from '../vault/plan-rules.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { shownEntries } from './drafts.ts'
import { LinkWarning } from './link-warning.tsx'
import { tidied } from './merge.ts'
import { storePlan } from './storing.ts'
import { PlanPage, type PlanPlace } from './use-plan.tsx'
import { listed, sensitiveIn, titleOf } from './words.ts'

const Form = ({ place, section }: { place: PlanPlace; section: string }) => {
  const { plan, drafts, opened } = place
  const { contacts } = opened.document
  const [before] = useState<readonly string[]>(sharedWith(plan, section))
  const picked = useSignal(before)
  const saving = useSaving()
  const entries = shownEntries(plan, drafts, section)
  const sensitive = sensitiveIn(section, entries)
  const pick = (id: string, is: boolean): void => {
    picked.value = is ? [...picked.value, id] : picked.value.filter((one) => one !== id)
  }
  const save = async (): Promise<void> => {
    const outcome = await saving.run((onProgress) =>
      storePlan((now) => withPicked(now, section, { before, picked: picked.value }), onProgress),
    )
    if (outcome?.ok !== true) return
    if (outcome.value === 'full') saving.say(p('full'))
    else go('plan')
  }
  return (
    <>
      <p>
        <b>{titleOf(section)}</b>
      </p>
      <p>{p('share.when')}</p>
      {tidied(entries).length === 0 && <p class="soft">{p('share.empty')}</p>}
      {sensitive.length > 0 && (
        <p class="light amber">
          <span class="dot" />
          <span>{p('share.sensitive', { fields: listed(sensitive) })}</span>
        </p>
      )}
      <fieldset class="choices">
        <legend>{p('share.with')}</legend>
        {contacts.map(({ id, name }) => (
          <label class="choice" key={id}>
            <input
              type="checkbox"
              checked={picked.value.includes(id)}
              onChange={(event) => pick(id, event.currentTarget.checked)}
            />
            <bdi>{name}</bdi>
          </label>
        ))}
      </fieldset>
      {contacts
        .filter(({ id, letter }) => letter.lock.kind === 'link' && picked.value.includes(id))
        .map((contact) => (
          <LinkWarning key={contact.id} contact={contact} />
        ))}
      <p class="soft small">{p('share.read')}</p>
      <div class="push stack">
        <SavingNews saving={saving} />
        <button type="button" class="btn prime" disabled={saving.isBusy} onClick={save}>
          {p('share.save')}
        </button>
      </div>
    </>
  )
}

/** Who is shown one section, with what that means. */
export const SharePage = ({ section }: { section: string }) => (
  <PlanPage title={p('share.title')} back={`plan/${section}`}>
    {(place) => <Form place={place} section={section} />}
  </PlanPage>
)
