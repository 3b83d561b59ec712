import type { ComponentChildren } from 'preact'
import { NextIcon } from './icons.tsx'

/**
 * A row of a list that leads to a place of the app.
 * @param mark there is something to do there
 */
export const PlaceLink = ({
  to,
  mark = false,
  children,
}: {
  to: string
  mark?: boolean
  children: ComponentChildren
}) => (
  <a class="btn" href={`#/${to}`}>
    {mark && <span class="dot warn" />}
    <span>{children}</span>
    <span class="next">
      <NextIcon />
    </span>
  </a>
)
