import { useSignal } from '@preact/signals'
import { CONTACT_NAME_MAX_CHARS } from '../../protocol/limits.ts'
import type { DocumentPresser } from '../../protocol/vault-document.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { pr } from '../text/pressers-text.ts'
import { Field } from '../ui/field.tsx'
import type { Opened } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { labelFrom, withPresser } from './changes.ts'
import { DelayChoice } from './delay-choice.tsx'
import { GiveLink } from './give-link.tsx'
import { History, lookAtPresses, usePresses } from './history.tsx'
import { maybeTold, Revoke } from './revoke.tsx'
import { kindText } from './words.ts'

/** Its name and its delay; both hold from the moment at which the service has said so. */
const Change = ({ presser }: { presser: DocumentPresser }) => {
  const typed = useSignal(presser.label)
  const delayMs = useSignal(presser.delayMs)
  const wrong = useSignal(false)
  const saved = useSignal(false)
  const saving = useSaving()
  const { id, kind } = presser
  const save = async (): Promise<void> => {
    const label = labelFrom(typed.value)
    wrong.value = label === null
    saved.value = false
    if (label === null) return
    const change = { label, delayMs: delayMs.value }
    saved.value = await saving.save((document) => withPresser(document, id, change))
  }
  const isSame = typed.value === presser.label && delayMs.value === presser.delayMs
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!saving.isBusy) void save()
      }}
    >
      <h2>{pr('change')}</h2>
      <Field id="label" label={pr('label')} wrong={wrong.value ? pr('label.wrong') : null}>
        {(attributes) => (
          <input
            {...attributes}
            value={typed.value}
            maxLength={CONTACT_NAME_MAX_CHARS}
            autocomplete="off"
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value
            }}
          />
        )}
      </Field>
      {kind !== 'check-in' && (
        <DelayChoice
          kind={kind}
          chosen={delayMs.value}
          onChoose={(ms) => {
            delayMs.value = ms
          }}
        />
      )}
      <SavingNews saving={saving} />
      {saved.value && isSame && <p role="status">{pr('saved')}</p>}
      <button type="submit" class="btn" disabled={saving.isBusy || isSame}>
        {pr('save')}
      </button>
    </form>
  )
}

type Props = { opened: Opened; id: string }

/** One of the things that press: what it is, its link if it has one, its presses, and its end. */
export const One = ({ opened, id }: Props) => {
  const known = usePresses(opened.root)
  const { document, presser: own } = opened
  const now = document.pressers.find((one) => one.id === id)
  const former = document.former.find((one) => one.id === id)
  const stillCounts = (known.presses ?? []).some(
    ({ presser, state }) => presser === id && state === 'counting',
  )
  if (now === undefined)
    return (
      <>
        <p>
          <b>
            <bdi>{former?.label}</bdi>
          </b>
        </p>
        <p role="status">{pr('gone')}</p>
        {maybeTold.value === id && (
          <p class="wrong" role="alert">
            <a href="#/told">{pr('gone.told')}</a>
          </p>
        )}
        {stillCounts && (
          <p class="light amber" role="alert">
            <span class="dot" />
            <span>{pr('gone.counts')}</span>
          </p>
        )}
        <History known={known} id={id} />
      </>
    )
  const isThis = id === own
  return (
    <>
      <p>
        <b>
          <bdi>{now.label}</bdi>
        </b>
        <br />
        <span class="soft small">
          {kindText(now, isThis)} · {pr('made', { date: dayAndTimeOf(now.addedAt) })}
        </span>
      </p>
      {now.kind === 'person' && <GiveLink opened={opened} person={now} />}
      {now.kind === 'card' && (
        <a class="btn" href={`#/card/${id}`}>
          {pr('card')}
        </a>
      )}
      {now.kind === 'check-in' && (
        <a class="btn" href="#/check-ins">
          {pr('check-ins')}
        </a>
      )}
      <History known={known} id={id} />
      {now.kind !== 'check-in' && <Change key={`${now.label} ${now.delayMs}`} presser={now} />}
      {isThis ? (
        <p class="soft small">{pr('this.stays')}</p>
      ) : (
        <Revoke presser={now} onRevoked={() => void lookAtPresses(opened.root)} />
      )}
    </>
  )
}
