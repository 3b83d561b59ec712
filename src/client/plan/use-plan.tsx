import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { s } from '../text/setup-text.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { type Opened, vault } from '../vault/session.ts'
import { troubleText } from '../vault/trouble.ts'
import { type Known, readKnown } from './storing.ts'

export type PlanPlace = Known & {
  opened: Opened
  /** Reads again what this phone keeps. */
  look(): Promise<void>
}

type Props = { opened: Opened; children: (place: PlanPlace) => ComponentChildren }

const WithPlan = ({ opened, children }: Props) => {
  const known = useSignal<Known | null>(null)
  const trouble = useSignal<string | null>(null)
  const looks = useRef(0)
  const look = async (): Promise<void> => {
    looks.current += 1
    const mine = looks.current
    try {
      // Not of the document that this page was drawn with: a commit may have come in between.
      const found = await readKnown(vault.value ?? opened)
      if (mine !== looks.current) return
      trouble.value = found.ok ? null : troubleText(found)
      if (found.ok) known.value = found.value
    } catch {
      trouble.value = s('trouble.phone')
    }
  }
  useEffect(() => {
    void look()
    // Another tab may have kept something meanwhile.
    const onSight = () => {
      if (document.visibilityState === 'visible') void look()
    }
    document.addEventListener('visibilitychange', onSight)
    return () => document.removeEventListener('visibilitychange', onSight)
  }, [opened.version])
  if (known.value !== null) return <>{children({ ...known.value, opened, look })}</>
  if (trouble.value === null)
    return (
      <p class="soft" role="status">
        {s('opening')}
      </p>
    )
  return (
    <p class="wrong" role="alert">
      {trouble.value}
    </p>
  )
}

type PageProps = { title: string; back: string; children: (place: PlanPlace) => ComponentChildren }

/** A page that shows something of the plan. In memory only for as long as it is on the screen. */
export const PlanPage = ({ title, back, children }: PageProps) => (
  <VaultPage title={title} back={back}>
    {(opened) => <WithPlan opened={opened}>{children}</WithPlan>}
  </VaultPage>
)
