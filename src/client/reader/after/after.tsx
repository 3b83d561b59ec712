import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { OnIt as Word } from '../../../protocol/standing.ts'
import { a, afterText } from '../../text/after-text.ts'
import { language } from '../../text/language.ts'
import { whenOf } from '../../text/when.ts'
import { Mine } from './mine.tsx'
import { OnItForm } from './on-it-form.tsx'
import { SaidPlace } from './said-place.tsx'
import { readDraft } from './saying.ts'
import { failing, gone, opened, read, refresh, standing, watch } from './standing.ts'

export { MoreHelp } from './more-help.tsx'

/** Once the letter is open: who is on it, and how it stands. */
export const begin = async (): Promise<void> => {
  await afterText.load(language.value)
  readDraft()
  if (opened()?.doubtful === false) watch()
}

const Other = ({ at, sealed }: Word) => {
  const words = read(sealed)
  return (
    <li>
      <span class="dot" />
      <span>
        <b>
          <bdi>{words === null ? a('other.somebody') : a('other.on', { name: words.name })}</bdi>
        </b>
        {words === null && <span class="small"> {a('other.unread')}</span>}
        {words?.note != null && (
          <>
            <br />
            <bdi>{words.note}</bdi>
          </>
        )}
      </span>
      <em>{whenOf(at)}</em>
    </li>
  )
}

const Unknown = () => (
  <>
    <p role="status">{a(failing.value ? 'unknown' : 'loading')}</p>
    {failing.value && (
      <button type="button" class="btn" onClick={() => void refresh()}>
        {a('again')}
      </button>
    )}
  </>
)

const Nobody = () => <p>{a('onit.nobody')}</p>

const Card = ({ from }: { from: string }) => {
  const asking = useSignal(false)
  const now = standing.value
  if (gone.value) return <p role="status">{a('gone')}</p>
  const over = now?.alert.state === 'cleared'
  if (asking.value && !over) return <OnItForm from={from} onEnd={() => (asking.value = false)} />
  const { mine = null, others = [] } = now ?? {}
  return (
    <>
      <h2>{a('onit.title')}</h2>
      {now === null && <Unknown />}
      {over && <p role="status">{a('onit.over', { name: from })}</p>}
      {now !== null && !over && mine === null && others.length === 0 && <Nobody />}
      {others.length > 0 && (
        <ul class="steps">
          {others.map((other) => (
            <Other key={other.sealed} {...other} />
          ))}
        </ul>
      )}
      {mine !== null && <Mine mine={mine} from={from} over={over} onChange={() => (asking.value = true)} />}
      {!over && mine === null && (
        <>
          <p class="small">{a(others.length > 0 ? 'onit.too' : 'onit.about')}</p>
          <button type="button" class="btn prime" onClick={() => (asking.value = true)}>
            {a('onit.button')}
          </button>
        </>
      )}
      {now?.newer && <p class="wrong">{a('newer')}</p>}
    </>
  )
}

export const OnIt = () => {
  const open = opened()
  useEffect(() => void afterText.load(language.value), [language.value])
  if (open === null) return null
  const { letter, doubtful } = open
  if (doubtful) return <p class="card small">{a('doubtful')}</p>
  return (
    <>
      <SaidPlace from={letter.from} />
      <section class="card stack" aria-label={a('onit.title')}>
        <Card from={letter.from} />
      </section>
    </>
  )
}
