import { useSignal } from '@preact/signals'
import { CARD_DELAY_MS, CONTACT_NAME_MAX_CHARS, PRESSERS_MAX } from '../../protocol/limits.ts'
import type { VaultDocument } from '../../protocol/vault-document.ts'
import { c } from '../text/card-text.ts'
import { dayOf } from '../text/language.ts'
import { Field } from '../ui/field.tsx'
import { PlaceLink } from '../ui/place-link.tsx'
import { go, route } from '../ui/route.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import type { Opened } from '../vault/session.ts'
import { SavingNews, useSaving } from '../vault/use-saving.tsx'
import { newCard } from './card.ts'
import { CardPage } from './card-page.tsx'

const MINUTE_MS = 60_000
/** Nothing shorter: in less nobody sees on her phone that a card is pressing. */
const DELAYS = [
  { minutes: 1, more: 'delay.short' },
  { minutes: 10, more: 'delay.usual' },
  { minutes: 30, more: 'delay.long' },
  { minutes: 60, more: 'delay.long' },
] as const

const cardsOf = ({ pressers }: VaultDocument) => pressers.filter(({ kind }) => kind === 'card')

const Made = ({ document }: { document: VaultDocument }) => {
  const cards = cardsOf(document)
  if (cards.length === 0) return null
  return (
    <>
      <h2>{c('yours')}</h2>
      <ul class="list">
        {cards.map(({ id, label, delayMs, addedAt }) => (
          <li key={id}>
            <PlaceLink to={`card/${id}`}>
              <bdi>{label}</bdi>
              <small>
                {c('waits', {
                  time: c('delay.minutes', { minutes: Math.round(delayMs / MINUTE_MS) }),
                  date: dayOf(addedAt),
                })}
              </small>
            </PlaceLink>
          </li>
        ))}
      </ul>
    </>
  )
}

const NewCard = ({ document }: { document: VaultDocument }) => {
  const label = useSignal(c('label.first'))
  const delayMs = useSignal(CARD_DELAY_MS)
  const saving = useSaving()
  if (document.pressers.length >= PRESSERS_MAX) return <p class="light amber">{c('full')}</p>
  const make = async (): Promise<void> => {
    // Without what cannot be seen, and never empty: it only tells her own cards apart.
    const name = label.value.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim() || c('label.first')
    const made = newCard(name.slice(0, CONTACT_NAME_MAX_CHARS), delayMs.value, Date.now())
    const saved = await saving.save((current) => ({ ...current, pressers: [...current.pressers, made] }))
    if (saved) go(`card/${made.id}`)
  }
  return (
    <section class="stack">
      <h2>{c('new')}</h2>
      <Field id="label" label={c('label')} help={c('label.help')}>
        {(attributes) => (
          <input
            {...attributes}
            value={label.value}
            maxLength={CONTACT_NAME_MAX_CHARS}
            autocomplete="off"
            onInput={(event) => {
              label.value = event.currentTarget.value
            }}
          />
        )}
      </Field>
      <fieldset class="choices">
        <legend>{c('delay')}</legend>
        {DELAYS.map(({ minutes, more }) => (
          <label class="choice" key={minutes}>
            <input
              type="radio"
              name="delay"
              checked={delayMs.value === minutes * MINUTE_MS}
              onChange={() => {
                delayMs.value = minutes * MINUTE_MS
              }}
            />
            <span>
              <b>{c('delay.minutes', { minutes })}</b>
              <br />
              <span class="small">{c(more)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <SavingNews saving={saving} />
      <button type="button" class="btn prime" disabled={saving.isBusy} onClick={make}>
        {c('make')}
      </button>
    </section>
  )
}

const All = ({ opened: { document } }: { opened: Opened }) => (
  <>
    <p>{c('body')}</p>
    <p>{c('nothing')}</p>
    <p class="light amber">
      <span class="dot" />
      <span>{c('photo')}</span>
    </p>
    <Made document={document} />
    <NewCard document={document} />
    <a class="btn" href="#/told">
      {c('told')}
    </a>
  </>
)

/** The owner's printed cards: `#/card`, and one of them, `#/card/<id>`. */
export const Cards = () => {
  const id = route.value.startsWith('card/') ? route.value.slice('card/'.length) : null
  return (
    <VaultPage key={id ?? ''} title={c('title')} back={id === null ? 'more' : 'card'}>
      {(opened) => (id === null ? <All opened={opened} /> : <CardPage opened={opened} id={id} />)}
    </VaultPage>
  )
}
