import type { ComponentChildren } from 'preact'
import { s } from '../text/setup-text.ts'
import type { Opened } from '../vault/session.ts'
import { useVault } from '../vault/use-vault.ts'
import { BackTop } from './back-top.tsx'
import { Heading } from './page.tsx'

type Props = { title: string; back: string; children: (opened: Opened) => ComponentChildren }

/** A page that shows something of the vault: opens it, says so while it does, and says why if it cannot. */
export const VaultPage = ({ title, back, children }: Props) => {
  const { opened, trouble, isHalf } = useVault()
  return (
    <>
      <BackTop to={back} />
      <main>
        <Heading>{title}</Heading>
        {trouble !== null && (
          <p class="wrong" role="alert">
            {trouble}
          </p>
        )}
        {isHalf && (
          <a class="btn prime" href="#/restore">
            {s('restore.title')}
          </a>
        )}
        {opened === null && trouble === null && (
          <p class="soft" role="status">
            {s('opening')}
          </p>
        )}
        {opened !== null && !opened.fresh && <p class="soft small">{s('remembered')}</p>}
        {opened !== null && children(opened)}
      </main>
    </>
  )
}
