import { vaultIdOf } from '../../crypto/root.ts'
import { openSituation } from '../../crypto/situation.ts'
import { fromText } from '../../protocol/bytes.ts'
import type { AlertSummary } from '../../protocol/vault.ts'
import { st } from '../text/situations-text.ts'
import { whenOf } from '../text/when.ts'
import type { Opened } from '../vault/session.ts'
import { Said } from './said.tsx'
import { type Presser, presserOf } from './who-pressed.ts'

/** Who pressed in an alert, by the owner's own list, and what each of them wrote. */
type Press = AlertSummary['presses'][number]
type Props = { opened: Opened; alert: AlertSummary }

const whoText = (presser: Presser | null): string => {
  if (presser === null) return st('by.unknown')
  const { kind, label, isThis, isFormer } = presser
  if (isThis) return st('by.this')
  if (kind === 'check-in') return st('by.check-in')
  if (kind === 'phone') return st('by.phone', { label })
  return st(isFormer ? `by.${kind}.former` : `by.${kind}`, { label })
}

const One = ({ opened: { root, document, presser }, press }: { opened: Opened; press: Press }) => {
  const { pressedAt, said } = press
  const open = () =>
    openSituation(
      fromText(document.situation),
      vaultIdOf(root),
      fromText(press.presser),
      pressedAt,
      fromText(said?.sealed ?? ''),
    )
  return (
    <li class="stack">
      <p>
        <b>
          <bdi>{whoText(presserOf(document, press.presser, presser))}</bdi>
        </b>{' '}
        <span class="soft small">{whenOf(pressedAt)}</span>
      </p>
      {said !== null && <Said situation={open()} at={said.at} />}
    </li>
  )
}

export const Presses = ({ opened, alert }: Props) =>
  alert.presses.length === 0 ? null : (
    <div class="stack">
      <h3>{st('who')}</h3>
      <ul class="list">
        {alert.presses.map((press) => (
          <One key={`${press.presser} ${press.receivedAt}`} opened={opened} press={press} />
        ))}
      </ul>
      {alert.presses.some(({ said }) => said !== null) && <p class="soft small">{st('anybody')}</p>}
    </div>
  )
