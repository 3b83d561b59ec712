import { useSignal } from '@preact/signals'
import { ownerNameProblem, tidy } from '../contacts/checks.ts'
import { zoneOfPhone } from '../device/zone.ts'
import { PlacePicker } from '../setup/place-picker.tsx'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { go } from '../ui/route.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import type { Opened } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'

const Form = ({ opened }: { opened: Opened }) => {
  const name = useSignal(opened.document.name)
  const place = useSignal({ state: '', hotline: opened.document.hotline })
  const checked = useSignal(false)
  const saving = useSaving()
  const save = async (): Promise<void> => {
    checked.value = true
    if (ownerNameProblem(name.value) !== null) return
    const isSaved = await saving.save((document) => ({
      ...document,
      name: tidy(name.value),
      hotline: place.value.hotline,
      language: language.value,
      zone: zoneOfPhone(),
    }))
    if (isSaved) go('more')
  }
  return (
    <>
      <Field
        id="name"
        label={s('you.name')}
        help={s('you.name.help')}
        wrong={checked.value ? ownerNameProblem(name.value) : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            value={name.value}
            autocomplete="off"
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        )}
      </Field>
      <PlacePicker
        state={place.value.state}
        hotline={place.value.hotline}
        onPick={(state, hotline) => (place.value = { state, hotline })}
      />
      <div class="push stack">
        <SavingNews saving={saving} />
        <button type="button" class="btn prime" disabled={saving.isBusy} onClick={save}>
          {s('person.save')}
        </button>
      </div>
    </>
  )
}

/** The name in the messages, and which hotline they name. */
export const You = () => (
  <VaultPage title={s('more.you')} back="more">
    {(opened) => <Form opened={opened} />}
  </VaultPage>
)
