import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { toWords } from '../../crypto/recovery-words.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { go } from '../ui/route.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { random } from '../vault/random.ts'
import { changeVault, type Opened } from '../vault/session.ts'
import { troubleText } from '../vault/trouble.ts'

const ASKED = 3

/** Three different places, in order. Which ones is no secret; that they differ each time is what matters. */
const threeOf = (count: number): number[] => {
  const places = Array.from({ length: count }, (_, index) => index)
  const keys = random(count)
  return places
    .sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
    .slice(0, ASKED)
    .sort((a, b) => a - b)
}

const plain = (word: string): string => word.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

const Ask = ({ words, onBack }: { words: string[]; onBack: () => void }) => {
  const places = useMemo(() => threeOf(words.length), [])
  const typed = useSignal<string[]>(places.map(() => ''))
  const checked = useSignal(false)
  const busy = useSignal(false)
  const trouble = useSignal<string | null>(null)
  const isWrong = (index: number): boolean =>
    plain(typed.value[index] ?? '') !== plain(words[places[index] ?? 0] ?? '')
  const check = async (): Promise<void> => {
    checked.value = true
    if (places.some((_, index) => isWrong(index))) return
    busy.value = true
    const now = Date.now()
    const saved = await changeVault((document) => ({ ...document, wordsConfirmedAt: now }))
    busy.value = false
    if (saved.ok) go('')
    else trouble.value = troubleText(saved)
  }
  return (
    <>
      <p class="soft">{s('words.ask')}</p>
      {places.map((place, index) => (
        <Field
          key={place}
          id={`word-${place}`}
          label={s('words.number', { number: place + 1 })}
          wrong={checked.value && isWrong(index) ? s('words.wrong') : null}
        >
          {(attributes) => (
            <input
              {...attributes}
              value={typed.value[index] ?? ''}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              onInput={(event) => {
                checked.value = false
                const value = event.currentTarget.value
                typed.value = typed.value.map((other, at) => (at === index ? value : other))
              }}
            />
          )}
        </Field>
      ))}
      <div class="push stack">
        {trouble.value !== null && (
          <p class="wrong" role="alert">
            {trouble.value}
          </p>
        )}
        <div class="row">
          <button type="button" class="btn" onClick={onBack}>
            {s('words.see')}
          </button>
          <button type="button" class="btn prime" disabled={busy.value} onClick={check}>
            {s('words.check')}
          </button>
        </div>
      </div>
    </>
  )
}

const Shown = ({ opened }: { opened: Opened }) => {
  const asking = useSignal(false)
  const words = useMemo(() => toWords(opened.root, opened.document.language).split(' '), [])
  useEffect(() => scrollTo(0, 0), [asking.value])
  if (asking.value) return <Ask words={words} onBack={() => (asking.value = false)} />
  return (
    <>
      <p class="soft">{s('words.body')}</p>
      <ol class="words" lang={opened.document.language} translate={false}>
        {words.map((word, index) => (
          <li key={`${index} ${word}`}>{word}</li>
        ))}
      </ol>
      <p class="light amber">
        <span class="dot" />
        <span>{s('words.paper')}</span>
      </p>
      <div class="push stack">
        <button type="button" class="btn prime" onClick={() => (asking.value = true)}>
          {s('words.written')}
        </button>
        <a class="btn" href="#/">
          {s('words.later')}
        </a>
      </div>
    </>
  )
}

/** The twelve words that bring everything back on a new phone: shown, and three of them asked back. */
export const Words = () => (
  <VaultPage title={s('words.title')} back="more">
    {(opened) => <Shown opened={opened} />}
  </VaultPage>
)
