import { fromText } from '../../protocol/bytes.ts'
import { encodeLink } from '../../protocol/link.ts'
import type { KeptIn } from '../device/kept.ts'
import { t } from '../text/join-text.ts'
import { dayAndTimeOf } from '../text/language.ts'
import { stage } from './stage.ts'
import type { Place, Standing } from './standing.ts'

/**
 * The letters that are out, before anything else on the page. Where this browser keeps nothing, the letter's page would not find the
 * key: then it is opened in this very document, which has it.
 */
const openHere = async (address: string, place: Place): Promise<void> => {
  globalThis.history.pushState(null, '', address)
  try {
    await import('../reader/main.tsx')
  } catch {
    stage.value = { at: 'no-line', place }
  }
}

export const OutLetters = ({ standing, keptIn }: { standing: Standing; keptIn: KeptIn }) => (
  <>
    {standing.letters.map(({ letter, state, pressedAt }, at) => {
      const { vault } = standing.place
      const address = `/letter#${encodeLink({ kind: 'letter', vault, id: fromText(letter), secret: null })}`
      const values = { name: standing.invitation.from, when: dayAndTimeOf(pressedAt) }
      return (
        <section class="stack" key={letter}>
          <p class={`light${state === 'open' ? ' amber' : ''}`} role="status">
            <span class="dot" />
            <span>
              <b>{t('out.pressed', values)}</b>
              <br />
              {t(state === 'open' ? 'out.open-alert' : `out.${state}`, values)}
            </span>
          </p>
          <a
            class={`btn${at === 0 ? ' prime' : ''}`}
            href={address}
            onClick={(event) => {
              if (keptIn !== 'page') return
              event.preventDefault()
              void openHere(address, standing.place)
            }}
          >
            {t('out.open')}
          </a>
        </section>
      )
    })}
  </>
)
