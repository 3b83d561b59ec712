import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { LetterAnswer } from '../../protocol/letter.ts'
import { t } from '../text/reader-text.ts'
import { Working } from '../ui/working.tsx'
import { hintOf, tryWord, type WordResult } from './word.ts'

const saidOf = (result: WordResult): string => {
  switch (result.result) {
    case 'short':
      return t('word.short')
    case 'wrong':
      return t('word.wrong')
    case 'wait':
      return t('word.wait')
    case 'no-line':
      return t('word.no-line')
    case 'unknown':
      return t('unknown.title')
    case 'open':
      return ''
  }
}

/** Asks for the family word, with the owner's hint. Waiting at the gate ends by itself, with the word that was typed. */
export const WordForm = ({ answer }: { answer: LetterAnswer }) => {
  const typed = useSignal('')
  const done = useSignal<number | null>(null)
  const said = useSignal<WordResult | null>(null)
  const until = useSignal(0)
  const now = useSignal(Date.now())
  const hint = hintOf(answer)

  const open = async (): Promise<void> => {
    done.value = 0
    said.value = null
    try {
      const result = await tryWord(answer, typed.value, (part) => {
        done.value = part
      })
      said.value = result
      if ('waitMs' in result && result.waitMs > 0) until.value = Date.now() + result.waitMs
      now.value = Date.now()
    } catch {
      said.value = { result: 'no-line' }
    }
    done.value = null
  }

  useEffect(() => {
    if (until.value === 0) return
    const timer = setInterval(() => {
      now.value = Date.now()
      if (now.value < until.value) return
      clearInterval(timer)
      until.value = 0
      // The gate did not look at the word: it is sent again, a little apart from whoever else waits.
      if (said.value?.result === 'wait') setTimeout(open, Math.random() * 1_000)
    }, 500)
    return () => clearInterval(timer)
  }, [until.value])

  const seconds = Math.max(0, Math.ceil((until.value - now.value) / 1000))
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (done.value === null && until.value === 0) void open()
      }}
    >
      <div class="field">
        <label for="family-word">{t('word.label')}</label>
        <span class="help" id="word-help">
          {t('word.help')}
        </span>
        {hint !== null && (
          <p class="light" id="word-hint">
            <span>
              {t('word.hint')} <b>{hint}</b>
            </span>
          </p>
        )}
        <input
          id="family-word"
          aria-describedby={hint === null ? 'word-help' : 'word-help word-hint'}
          value={typed.value}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </div>
      <div aria-live="assertive">
        {said.value !== null && said.value.result !== 'open' && (
          <p class="wrong">
            {saidOf(said.value)}
            {seconds > 0 && <span class="count"> {t('word.seconds', { seconds })}</span>}
          </p>
        )}
      </div>
      {done.value !== null && <Working label={t('word.working')} done={done.value} />}
      <button type="submit" class="btn prime" disabled={done.value !== null || until.value > 0}>
        {t('open.button')}
      </button>
    </form>
  )
}
