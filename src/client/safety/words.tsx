import { s } from '../text/setup-text.ts'
import { go } from '../ui/route.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { changeVault } from '../vault/change.ts'
import { troubleText } from '../vault/trouble.ts'
import { TwelveWords } from './twelve-words.tsx'

const confirm = async (): Promise<string | null> => {
  const now = Date.now()
  const saved = await changeVault((document) => ({ ...document, wordsConfirmedAt: now }))
  if (!saved.ok) return troubleText(saved)
  go('')
  return null
}

/** The twelve words that bring everything back on a new phone: shown, and three of them asked back. */
export const Words = () => (
  <VaultPage title={s('words.title')} back="more">
    {({ root, document }) => (
      <>
        <TwelveWords
          root={root}
          language={document.language}
          body={s('words.body')}
          note={s('words.paper')}
          onRight={confirm}
        />
        <a class="quiet" href="#/start-over">
          {s('more.start-over')}
        </a>
      </>
    )}
  </VaultPage>
)
