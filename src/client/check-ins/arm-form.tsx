import { signal, useSignal } from '@preact/signals'
import { readCheckIn, writeCheckIn } from '../device/check-in.ts'
import { press } from '../device/records.ts'
import { zoneOfPhone } from '../device/zone.ts'
import { c } from '../text/check-ins-text.ts'
import { language } from '../text/language.ts'
import { oneLineOf } from '../text/one-line.ts'
import { Field } from '../ui/field.tsx'
import { go } from '../ui/route.ts'
import { newId } from '../vault/random.ts'
import { type ArmDraft, freshDraft, scheduleOf } from './draft.ts'
import { tellNews } from './look.ts'
import { PlaceField } from './place-field.tsx'
import { oneByOne, prepare, sealPlace } from './presser.ts'
import { RemindFields } from './remind-fields.tsx'
import { armCheckIn } from './service.ts'
import { WhenFields } from './when-fields.tsx'

const MINUTE_MS = 60_000
const GRACE = [0, 5, 15, 30, 60] as const

type Trouble = 'line' | 'past' | 'full' | 'code' | 'vault' | 'missing' | 'refused'
type Step = 'open' | 'sending' | Trouble

/** What is being set up; null: nothing is. It outlives the page of the PIN, which a place asks for. */
export const draft = signal<ArmDraft | null>(null)
export const startDraft = (): void => {
  draft.value = freshDraft(new Date())
}

/** The key on this phone, else from the vault. A place is sealed by the vault, which says first which key is current. */
const keyOf = async (place: string | null = null, isOld = false): Promise<string | 'locked' | null> => {
  const record = await readCheckIn()
  if (record !== null && place === null && !isOld) return record.key
  const prepared = await prepare()
  if (prepared.ok) return prepared.value
  return prepared.trouble === 'locked' ? 'locked' : null
}

/** Arms a check-in: the same id until the service has answered, so that two tries are one. */
export const ArmForm = ({ now }: { now: ArmDraft }) => {
  const id = useSignal(newId())
  const step = useSignal<Step>('open')
  const change = (patch: Partial<ArmDraft>): void => {
    draft.value = { ...(draft.value ?? now), ...patch }
  }

  const arm = async (): Promise<Step | 'done' | 'locked'> => {
    const { graceMinutes, remindMinutes, push, mail } = now
    const schedule = scheduleOf(now)
    const place = oneLineOf(now.place)
    const vault = press.value?.vault
    if (schedule === null) return 'missing'
    if (vault === undefined) return 'vault'
    for (let again = 0; ; again += 1) {
      const key = await keyOf(place, again > 0)
      if (key === 'locked') return 'locked'
      if (key === null) return 'vault'
      const said = place === null ? null : await sealPlace(place, key)
      if (place !== null && said === null) return 'vault'
      // Before it is handed over: a phone that dies in between rolls it all the same.
      await writeCheckIn({ v: 1, key, used: true })
      const remind =
        push === null && mail === null
          ? null
          : { beforeMs: remindMinutes * MINUTE_MS, language: language.value, push, mail }
      const reply = await armCheckIn({
        ...{ vault, key, checkIn: id.value, schedule, remind, said },
        zone: zoneOfPhone(),
        graceMs: graceMinutes * MINUTE_MS,
      })
      if (reply.kind === 'none') return 'line'
      if (reply.kind === 'answer') return reply.answer.checkIn === null ? 'past' : 'done'
      const { error } = reply.refusal
      // The vault has another presser for it by now.
      if (error === 'unknown' && again === 0) continue
      if (error === 'full') return 'full'
      if (error === 'wrong-code') return 'code'
      return error === 'try-again' ? 'line' : 'refused'
    }
  }

  const send = async (): Promise<void> => {
    step.value = 'sending'
    const done = await oneByOne(arm).catch((): Step => 'vault')
    if (done === 'locked') {
      step.value = 'open'
      go('check-ins/open')
      return
    }
    if (done !== 'done') {
      // What the service did not take is another one the next time, with another id.
      if (done === 'past') id.value = newId()
      step.value = done
      return
    }
    tellNews()
    draft.value = null
  }

  const { graceMinutes } = now
  const isBusy = step.value === 'sending'
  const trouble = step.value === 'open' || step.value === 'sending' ? null : step.value
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void send()
      }}
    >
      <WhenFields draft={now} onChange={change} />
      <Field id="grace" label={c('grace')} help={c('grace.help')}>
        {(attributes) => (
          <select
            {...attributes}
            value={String(graceMinutes)}
            onChange={(event) => change({ graceMinutes: Number(event.currentTarget.value) })}
          >
            {GRACE.map((minutes) => (
              <option key={minutes} value={String(minutes)}>
                {minutes === 0 ? c('grace.none') : c('minutes', { minutes })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <PlaceField place={now.place} onChange={(place) => change({ place })} />
      <RemindFields checkIn={id.value} draft={now} keyOf={keyOf} onChange={change} />
      <section class="card">
        <h2>{c('held.title')}</h2>
        <p class="small">{c(now.kind === 'weekly' ? 'held.weekly' : 'held')}</p>
        <p class="small">{c('held.end')}</p>
      </section>
      <div aria-live="polite">{trouble !== null && <p class="wrong">{c(`arm.${trouble}`)}</p>}</div>
      <button type="submit" class="btn prime" disabled={isBusy}>
        {c(isBusy ? 'arm.sending' : 'arm')}
      </button>
      <button
        type="button"
        class="quiet"
        disabled={isBusy}
        onClick={() => {
          draft.value = null
        }}
      >
        {c('arm.not')}
      </button>
    </form>
  )
}
