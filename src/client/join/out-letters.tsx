import { fromText } from '../../protocol/bytes.ts'
import { encodeLink } from '../../protocol/link.ts'
import type { KeptIn } from '../device/kept.ts'
import { t } from '../text/join-text.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { Heading } from '../ui/page.tsx'
import { show, stage, VIEW_OF } from './stage.ts'
import type { Place, Standing } from './standing.ts'

type Out = Standing['letters'][number]

/**
 * Where this browser keeps nothing, the letter's page would not find the key: then the letter is opened in this very document,
 * which has it.
 */
const openHere = async (address: string, place: Place): Promise<void> => {
  globalThis.history.pushState(null, '', address)
  try {
    await import('../reader/main.tsx')
  } catch {
    stage.value = { at: 'no-line', place }
  }
}

const OpenButton = ({
  out,
  place,
  keptIn,
  isFirst,
}: {
  out: Out
  place: Place
  keptIn: KeptIn
  isFirst: boolean
}) => {
  const id = fromText(out.letter)
  const address = `/letter#${encodeLink({ kind: 'letter', vault: place.vault, id, secret: null })}`
  return (
    <a
      class={`btn${isFirst ? ' prime' : ''}`}
      href={address}
      onClick={(event) => {
        if (keptIn !== 'page') return
        event.preventDefault()
        void openHere(address, place)
      }}
    >
      {t('out.open')}
    </a>
  )
}

const saidOf = ({ state, practice }: Out, name: string): string =>
  t(practice ? 'out.practice' : state === 'open' ? 'out.open-alert' : `out.${state}`, { name })

const pressedOf = ({ pressedAt, practice }: Out, name: string): string =>
  t(practice ? 'out.practised' : 'out.pressed', { name, when: dayAndTimeOf(pressedAt) })

type Props = { standing: Standing; keptIn: KeptIn }

const Older = ({ out, standing, keptIn }: Props & { out: Out }) => {
  const name = standing.invitation.from
  return (
    <section class="stack">
      <p class={`light${out.state === 'cleared' ? '' : ' amber'}`}>
        <span class="dot" />
        <span>
          <b>{pressedOf(out, name)}</b>
          <br />
          {saidOf(out, name)}
        </span>
      </p>
      <OpenButton out={out} place={standing.place} keptIn={keptIn} isFirst={false} />
    </section>
  )
}

/** The letters that are out: the newest before anything else, and one tap from it. */
export const AlertView = ({ standing, keptIn }: Props) => {
  const [newest, ...older] = standing.letters
  if (newest === undefined) return null
  const name = standing.invitation.from
  return (
    <>
      <Heading>{pressedOf(newest, name)}</Heading>
      <p class={`light${newest.state === 'cleared' ? '' : ' amber'}`} role="status">
        <span class="dot" />
        <span>{saidOf(newest, name)}</span>
      </p>
      <div class="stack">
        <OpenButton out={newest} place={standing.place} keptIn={keptIn} isFirst />
      </div>
      <p class="soft small">{t('money')}</p>
      {older.length > 0 && <h2>{t('out.older')}</h2>}
      {older.map((out) => (
        <Older out={out} standing={standing} keptIn={keptIn} key={out.letter} />
      ))}
      <div class="push stack">
        <button type="button" class="quiet" onClick={() => show(VIEW_OF[standing.state])}>
          {t('out.invitation')}
        </button>
      </div>
    </>
  )
}

/** On every other view of an invitation: the way back to them. */
export const ToAlert = ({ standing }: { standing: Standing }) => {
  const [newest] = standing.letters
  if (newest === undefined) return null
  return (
    <button
      type="button"
      class={`light${newest.state === 'cleared' ? '' : ' amber'}`}
      onClick={() => show('alert')}
    >
      <span class="dot" />
      <span>
        <b>{pressedOf(newest, standing.invitation.from)}</b>
        <br />
        {saidOf(newest, standing.invitation.from)}
        <br />
        <u>{t('out.open')}</u>
      </span>
    </button>
  )
}
