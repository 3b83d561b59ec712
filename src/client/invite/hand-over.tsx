import { useSignal } from '@preact/signals'
import { s } from '../text/setup-text.ts'
import { ShareIcon } from '../ui/share-icon.tsx'
import { type InvitationText, whatsappLink } from './invitation-text.ts'

type Props = {
  invitation: InvitationText
  showsQr: boolean
  onQr: () => void
  /** Whenever it was handed over, by whatever way. */
  onHanded: () => void
}

/** @returns false where it was closed without sending, or refused by the phone: nothing was handed over */
const share = async (text: string): Promise<boolean> => {
  try {
    await navigator.share({ text })
    return true
  } catch {
    return false
  }
}

/** The ways to hand an invitation over. Each leaves this page by the person's own tap; the page itself sends it nowhere. */
export const HandOver = ({ invitation: { text }, showsQr, onQr, onHanded }: Props) => {
  const said = useSignal<'copied' | 'select' | null>(null)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      said.value = 'copied'
      onHanded()
    } catch {
      said.value = 'select'
    }
  }
  const print = (): void => {
    onHanded()
    globalThis.print()
  }
  return (
    <div class="stack">
      <div class="row wrap">
        <a class="btn prime" href={whatsappLink(text)} onClick={onHanded}>
          {s('invite.whatsapp')}
        </a>
        <button type="button" class="btn" onClick={onQr}>
          {s(showsQr ? 'invite.qr.hide' : 'invite.qr')}
        </button>
        {'share' in navigator && (
          <button type="button" class="btn" onClick={async () => (await share(text)) && onHanded()}>
            <ShareIcon />
            {s('invite.share')}
          </button>
        )}
        <button type="button" class="btn" onClick={copy}>
          {s('invite.copy')}
        </button>
        <button type="button" class="btn" onClick={print}>
          {s('invite.print')}
        </button>
      </div>
      <div aria-live="polite">
        {said.value !== null && (
          <p class="small">{s(said.value === 'copied' ? 'invite.copied' : 'invite.select')}</p>
        )}
      </div>
    </div>
  )
}
