import type { LockChoice } from '../../protocol/vault-document.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'
import { hintProblem, isNone, wordProblem } from './checks.ts'

type WordProps = {
  /** Leaving it empty is a choice too. */
  optional?: boolean
  word: string
  hint: string
  checked: boolean
  onWord: (word: string) => void
  onHint: (hint: string) => void
}

/** The family word and its hint. The word is shown as it is typed: it must be spelt as the family will. */
export const WordFields = ({ optional = false, word, hint, checked, onWord, onHint }: WordProps) => (
  <>
    <Field
      id="word"
      label={s(optional ? 'word.label.optional' : 'word.label')}
      help={s('word.help')}
      wrong={checked && !(optional && isNone(word)) ? wordProblem(word) : null}
    >
      {(attributes) => (
        <input
          {...attributes}
          value={word}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => onWord(event.currentTarget.value)}
        />
      )}
    </Field>
    {!(optional && isNone(word)) && (
      <Field
        id="hint"
        label={s('hint.label')}
        help={s('hint.help')}
        wrong={checked ? hintProblem(hint, word) : null}
      >
        {(attributes) => (
          <input
            {...attributes}
            value={hint}
            autocomplete="off"
            onInput={(event) => onHint(event.currentTarget.value)}
          />
        )}
      </Field>
    )}
  </>
)

type Kind = LockChoice['kind']

type KindProps = { kinds: readonly Kind[]; kind: Kind; onKind: (kind: Kind) => void }

/** How the letter opens beside the invitation, with what each way protects against and what not. */
export const LockKindChoice = ({ kinds, kind, onKind }: KindProps) => (
  <fieldset class="choices">
    <legend>{s('lock.legend')}</legend>
    {kinds.map((one) => (
      <label class="choice" key={one}>
        <input type="radio" name="lock" checked={kind === one} onChange={() => onKind(one)} />
        <span>
          <b>{s(`lock.${one}`)}</b>
          <br />
          <span class="small">{s(`lock.${one}.more`)}</span>
        </span>
      </label>
    ))}
  </fieldset>
)
