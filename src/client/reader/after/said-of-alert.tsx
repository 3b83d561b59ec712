import { useEffect } from 'preact/hooks'
import { openSituation } from '../../../crypto/situation.ts'
import { fromText } from '../../../protocol/bytes.ts'
import type { SituationOut } from '../../../protocol/situation.ts'
import { Said } from '../../situations/said.tsx'
import { language } from '../../text/language.ts'
import { situationsText, st } from '../../text/situations-text.ts'
import { whenOf } from '../../text/when.ts'
import { link } from '../first-request.ts'
import { opened, standing } from './standing.ts'

/** What was written by whoever pressed. Who that was, the letter does not say, and the page does not guess. */
export const load = (): Promise<void> => situationsText.load(language.value)

const open = ({ presser, pressedAt, sealed }: SituationOut) => {
  const root = opened()?.letter.situation
  if (root === undefined || link === null) return null
  return openSituation(fromText(root), link.vault, fromText(presser), pressedAt, fromText(sealed))
}

export const SaidOfAlert = ({ from }: { from: string }) => {
  useEffect(() => void load(), [language.value])
  const situations = standing.value?.situations ?? []
  return (
    <section class="card stack" aria-label={st('title')}>
      <h2>{st('title')}</h2>
      <p class="small">{st('about', { name: from })}</p>
      {situations.map((one) => (
        <div class="stack" key={`${one.presser} ${one.pressedAt}`}>
          <p>
            <b>{st('by', { when: whenOf(one.pressedAt) })}</b>
          </p>
          <Said situation={open(one)} at={one.at} />
        </div>
      ))}
      <p class="small">{st('money')}</p>
    </section>
  )
}
