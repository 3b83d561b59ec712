import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { QuickExit } from './quick-exit.tsx'

type Props = { title: string; children: ComponentChildren; onClose: () => void }

/** A question that must be answered first. The platform's own dialog keeps the focus in it and closes on Escape. */
export const Dialog = ({ title, children, onClose }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    // Before Safari 15.4 there is no modal dialog; shown without the modal's curtain it still asks.
    if (element?.showModal) element.showModal()
    else element?.setAttribute('open', '')
  }, [])
  return (
    <dialog ref={dialog} class="ask" aria-label={title} onClose={onClose}>
      <div class="stack">
        <h2>{title}</h2>
        {children}
      </div>
      {/* The page's own is out of reach while a question is open. */}
      <QuickExit />
    </dialog>
  )
}
