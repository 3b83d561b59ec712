import { useSignal } from '@preact/signals'
import type { OnIt } from '../../../protocol/standing.ts'
import { a } from '../../text/after-text.ts'
import { whenOf } from '../../text/when.ts'
import { saidText } from './on-it-form.tsx'
import { keepDraft, type Said, say } from './saying.ts'
import { read } from './standing.ts'

/** What this contact has said, and the ways back. */
export const Mine = ({
  mine,
  from,
  over,
  onChange,
}: {
  mine: OnIt
  from: string
  over: boolean
  onChange: () => void
}) => {
  const sure = useSignal(false)
  const sending = useSignal(false)
  const said = useSignal<Said | null>(null)
  const words = read(mine.sealed)
  const takeBack = async (): Promise<void> => {
    sending.value = true
    said.value = await say(null).catch((): Said => 'not-sent')
    sending.value = false
  }
  const trouble = saidText(said.value, from)
  return (
    <>
      <p class="light" role="status">
        <span class="dot" />
        <span>
          <b>{a('mine.title')}</b> · {whenOf(mine.at)}
          <br />
          {words !== null && (
            <>
              <bdi>{words.name}</bdi>
              {words.note !== null && (
                <>
                  : <bdi>{words.note}</bdi>
                </>
              )}
            </>
          )}
        </span>
      </p>
      <p class="small soft">{a('mine.seen', { name: from })}</p>
      {!over && !sure.value && (
        <div class="row">
          <button
            type="button"
            class="btn"
            onClick={() => {
              if (words !== null) keepDraft({ name: words.name, note: words.note ?? '' })
              onChange()
            }}
          >
            {a('mine.change')}
          </button>
          <button type="button" class="btn" onClick={() => (sure.value = true)}>
            {a('mine.undo')}
          </button>
        </div>
      )}
      {!over && sure.value && (
        <div class="stack">
          <p>{a('undo.sure')}</p>
          <div aria-live="assertive">{trouble !== null && <p class="wrong">{trouble}</p>}</div>
          <button type="button" class="btn" disabled={sending.value} onClick={() => void takeBack()}>
            {sending.value ? a('form.sending') : a('undo.yes')}
          </button>
          <button
            type="button"
            class="btn prime"
            onClick={() => {
              sure.value = false
              said.value = null
            }}
          >
            {a('undo.no')}
          </button>
        </div>
      )}
    </>
  )
}
