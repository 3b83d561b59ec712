import { useSignal } from '@preact/signals'
import type { Position, Situation } from '../../protocol/situation.ts'
import { isApplePhone } from '../device/system.ts'
import { withoutTowers } from '../text/one-line.ts'
import { st } from '../text/situations-text.ts'
import { whenOf } from '../text/when.ts'
import { degreesOf } from './degrees.ts'

/**
 * What one presser wrote. Anybody with a card can write anything: it is shown as somebody's words, as text and nothing else, and no
 * link is made of any of it.
 */
const Line = ({ label, text }: { label: string; text: string | null }) =>
  text === null ? null : (
    <p>
      <span class="small soft">{label}</span>
      <br />
      <bdi>{withoutTowers(text)}</bdi>
    </p>
  )

/** Nothing is fetched for it: the reader copies it, or a map app that the reader opens is told. */
const Place = ({ position }: { position: Position }) => {
  const copied = useSignal<boolean | null>(null)
  const degrees = degreesOf(position)
  // Safari says of such an address that it cannot be opened.
  const opensMaps = !isApplePhone()
  const copy = async (): Promise<void> => {
    copied.value = await navigator.clipboard.writeText(degrees).then(
      () => true,
      () => false,
    )
  }
  return (
    <>
      <p>
        <span class="small soft">{st('position')}</span>
        <br />
        <bdi>{degrees}</bdi> <span class="small">{st('accuracy', { metres: position.accuracyM })}</span>
      </p>
      <div class="row">
        <button type="button" class="btn" onClick={() => void copy()}>
          {st('copy')}
        </button>
        {opensMaps && (
          <a class="btn" href={`geo:${degrees.replace(' ', '')}`}>
            {st('map')}
          </a>
        )}
      </div>
      <p class="soft small" role="status">
        {copied.value === null ? opensMaps && st('map.learns') : st(copied.value ? 'copied' : 'not-copied')}
      </p>
    </>
  )
}

const isEmpty = ({ place, when, what, saw, position }: Situation): boolean =>
  place === null && when === null && what === null && saw === null && position === null

/** @param situation null: what came does not open */
export const Said = ({ situation, at }: { situation: Situation | null; at: number }) => {
  if (situation === null) return <p class="small">{st('unread', { when: whenOf(at) })}</p>
  const { place, when, what, saw, position } = situation
  return (
    <div class="card stack">
      <Line label={st('place')} text={place} />
      <Line label={st('when')} text={when} />
      <Line label={st('what')} text={what} />
      {saw !== null && <p>{st(saw ? 'saw.yes' : 'saw.no')}</p>}
      {position !== null && <Place position={position} />}
      {isEmpty(situation) && <p class="soft">{st('empty')}</p>}
      <p class="soft small">{st('at', { when: whenOf(at) })}</p>
    </div>
  )
}
