import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Mark } from './icons.tsx'

type TopProps = { title: string; side?: ComponentChildren }

export const Top = ({ title, side }: TopProps) => (
  <header class="top">
    <Mark />
    <b>{title}</b>
    {side !== undefined && <div class="side">{side}</div>}
  </header>
)

/** The heading of a page takes the focus when the page comes up, so that a screen reader starts reading there. */
export const Heading = ({ children }: { children: ComponentChildren }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
