import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { toWords } from '../../crypto/recovery-words.ts'
import type { Language } from '../../protocol/fields.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { random } from '../vault/random.ts'

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

type AskProps = { words: string[]; onBack: () => void; onRight: () => Promise<string | null> }

const Ask = ({ words, onBack, onRight }: AskProps) => {
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
    trouble.value = await onRight()
    busy.value = false
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

type Props = {
  root: Uint8Array
  /** That the words are in. */
  language: Language
  body: string
  note: string
  /** They were asked back. @returns what went wrong then, or null */
  onRight: () => Promise<string | null>
  /** Without it, back to the button. */
  onLater?: () => void
}

/** The twelve words of a root: shown, and three of them asked back. */
export const TwelveWords = ({ root, language, body, note, onRight, onLater }: Props) => {
  const asking = useSignal(false)
  const words = useMemo(() => toWords(root, language).split(' '), [])
  useEffect(() => scrollTo(0, 0), [asking.value])
  if (asking.value) return <Ask words={words} onBack={() => (asking.value = false)} onRight={onRight} />
  return (
    <>
      <p class="soft">{body}</p>
      <ol class="words" lang={language} translate={false}>
        {words.map((word, index) => (
          <li key={`${index} ${word}`}>{word}</li>
        ))}
      </ol>
      <p class="light amber">
        <span class="dot" />
        <span>{note}</span>
      </p>
      <div class="push stack">
        <button type="button" class="btn prime" onClick={() => (asking.value = true)}>
          {s('words.written')}
        </button>
        {onLater === undefined ? (
          <a class="btn" href="#/">
            {s('words.later')}
          </a>
        ) : (
          <button type="button" class="btn" onClick={onLater}>
            {s('words.later')}
          </button>
        )}
      </div>
    </>
  )
}
