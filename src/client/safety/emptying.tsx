import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { readEmptying, writeEmptying } from '../device/emptying.ts'
import { press } from '../device/records.ts'
import { m } from '../text/moving-text.ts'
import { s } from '../text/setup-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { Heading } from '../ui/page.tsx'

/** Whether this phone forgets everything after an alert. Only for who can bring it back: the words come first. */
export const Emptying = () => {
  const wanted = useSignal<boolean | null>(null)
  const failed = useSignal(false)
  useEffect(() => {
    readEmptying().then(
      (is) => {
        wanted.value = is
      },
      () => {
        failed.value = true
      },
    )
  }, [])
  const choose = async (next: boolean): Promise<void> => {
    failed.value = false
    try {
      await writeEmptying(next)
      wanted.value = next
    } catch {
      failed.value = true
    }
  }
  const hasWords = press.value?.wordsConfirmed === true
  return (
    <>
      <BackTop to="more" />
      <main>
        <Heading>{m('empty.title')}</Heading>
        <p>{m('empty.body')}</p>
        <ul class="plain">
          {(['empty.what.1', 'empty.what.2', 'empty.what.3'] as const).map((id) => (
            <li key={id}>{m(id)}</li>
          ))}
        </ul>
        <p class="light amber">
          <span class="dot" />
          <span>{m('empty.law')}</span>
        </p>
        {wanted.value !== null && (
          <label class="choice">
            <input
              type="checkbox"
              checked={wanted.value}
              disabled={!hasWords && !wanted.value}
              onChange={(event) => void choose(event.currentTarget.checked)}
            />
            <span>{m('empty.choice')}</span>
          </label>
        )}
        {!hasWords && (
          <p>
            <a href="#/words">{m('empty.words')}</a>
          </p>
        )}
        {failed.value && (
          <p class="wrong" role="alert">
            {s('trouble.phone')}
          </p>
        )}
      </main>
    </>
  )
}
