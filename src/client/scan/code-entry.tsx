import { useSignal } from '@preact/signals'
import { readCardCode } from '../../protocol/card-code.ts'
import { sc } from '../text/scan-text.ts'
import { Field } from '../ui/field.tsx'
import { Heading } from '../ui/page.tsx'
import { Working } from '../ui/working.tsx'
import { type Found, findCard } from './find-card.ts'

const MINUTE_MS = 60_000

const saidOf = (found: Exclude<Found, { kind: 'link' }>): string =>
  found.kind === 'slow-down'
    ? sc('slow-down', { minutes: Math.max(1, Math.ceil(found.waitMs / MINUTE_MS)) })
    : sc(found.kind)

/** For whoever cannot scan the card. A slip is told before anything is asked; what was typed stays. */
export const CodeEntry = ({ onFound }: { onFound: (fragment: string) => void }) => {
  const typed = useSignal('')
  const wrong = useSignal<string | null>(null)
  const trouble = useSignal<string | null>(null)
  const done = useSignal<number | null>(null)
  const find = async (): Promise<void> => {
    if (done.value !== null) return
    trouble.value = null
    const code = readCardCode(typed.value)
    wrong.value = code === null ? sc('code.wrong') : null
    if (code === null) return
    done.value = 0
    const found = await findCard(code, (part) => {
      done.value = part
    }).catch((): Found => ({ kind: 'other' }))
    done.value = null
    if (found.kind === 'link') onFound(found.fragment)
    else trouble.value = saidOf(found)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void find()
      }}
    >
      <Heading>{sc('title')}</Heading>
      <p>{sc('body')}</p>
      <Field id="code" label={sc('code')} help={sc('code.help')} wrong={wrong.value}>
        {(attributes) => (
          <input
            {...attributes}
            value={typed.value}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            onInput={(event) => {
              typed.value = event.currentTarget.value
              wrong.value = null
            }}
          />
        )}
      </Field>
      {trouble.value !== null && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      {done.value !== null && <Working label={sc('working')} done={done.value} />}
      <button type="submit" class="btn prime" disabled={done.value !== null}>
        {sc('go')}
      </button>
      <p class="soft small">{sc('link')}</p>
    </form>
  )
}
