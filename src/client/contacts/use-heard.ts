import { useEffect } from 'preact/hooks'
import { heard } from '../vault/session.ts'
import type { Heard } from '../vault/standing.ts'
import { refreshStandings } from '../vault/standings.ts'

/** What the service says of the contacts, asked again when the page comes up. */
export const useHeard = (): Heard => {
  useEffect(() => {
    void refreshStandings().catch(() => undefined)
  }, [])
  return heard.value
}
