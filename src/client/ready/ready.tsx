import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { checked } from '../device/checked.ts'
import { pinSet } from '../device/locked.ts'
import { askToPersist } from '../device/phone.ts'
import { press } from '../device/records.ts'
import { PLACES, type Row, type RowState, readinessOf } from '../press/readiness.ts'
import { InstallHint } from '../setup/install-hint.tsx'
import { dayAndTimeOf } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { TickIcon, WarnIcon } from '../ui/icons.tsx'
import { Heading } from '../ui/page.tsx'
import { checkEverything } from './check.ts'

const MARK = { good: 'on', todo: 'no', unknown: 'waiting' } as const

/** What is missing first: it is what this page is for. */
const ORDER: readonly RowState[] = ['todo', 'unknown', 'good']

const Line = ({ row: { id, state } }: { row: Row }) => (
  <li>
    <span class={`tick ${MARK[state]}`}>
      {state === 'good' && <TickIcon />}
      {state === 'todo' && <WarnIcon />}
    </span>
    <span>
      {state === 'todo' && PLACES[id] !== 'ready' ? (
        <a href={`#/${PLACES[id]}`}>{s(`ready.${id}`)}</a>
      ) : (
        s(`ready.${id}`)
      )}
      <br />
      <span class="small soft">{s(`ready.is.${state}`)}</span>
    </span>
  </li>
)

/** Everything that the light looks at, row by row. */
export const Ready = () => {
  const busy = useSignal(false)
  const look = async (): Promise<void> => {
    busy.value = true
    await checkEverything()
    busy.value = false
  }
  const persist = async (): Promise<void> => {
    await askToPersist()
    await look()
  }
  useEffect(() => void look(), [])
  const record = press.value
  if (record === null) return null
  const found = checked.value
  const { light, rows } = readinessOf(record, found, Date.now(), pinSet.value)
  const isTodo = (id: Row['id']): boolean => rows.some((row) => row.id === id && row.state !== 'good')
  return (
    <>
      <BackTop to="more" />
      <main>
        <Heading>{s(light === 'ready' ? 'ready.title.ready' : 'ready.title.not-yet')}</Heading>
        <p class="soft small" role="status">
          {busy.value
            ? s('ready.looking')
            : found === null
              ? s('ready.never')
              : s('ready.checked', { when: dayAndTimeOf(found.at) })}
        </p>
        <ul class="steps card">
          {ORDER.flatMap((state) =>
            rows.filter((row) => row.state === state).map((row) => <Line key={row.id} row={row} />),
          )}
        </ul>
        {isTodo('installed') && <InstallHint />}
        {isTodo('persisted') && (
          <>
            <p class="soft small">{s('ready.persist.body')}</p>
            <button type="button" class="btn" disabled={busy.value} onClick={persist}>
              {s('ready.persist')}
            </button>
          </>
        )}
        <button type="button" class="btn" disabled={busy.value} onClick={look}>
          {s('ready.again')}
        </button>
      </main>
    </>
  )
}
