import { pr } from '../text/pressers-text.ts'
import { route } from '../ui/route.ts'
import { VaultPage } from '../ui/vault-page.tsx'
import { List } from './list.tsx'
import { NewPerson } from './new-person.tsx'
import { One } from './one.tsx'

/** Everything that presses for the owner: `#/pressers`, one of it, `#/pressers/<id>`, and a new person, `#/pressers/new`. */
export const Pressers = () => {
  const id = route.value.startsWith('pressers/') ? route.value.slice('pressers/'.length) : null
  const title = id === null ? 'title' : id === 'new' ? 'new.title' : 'one.title'
  return (
    <VaultPage key={id ?? ''} title={pr(title)} back={id === null ? 'more' : 'pressers'}>
      {(opened) => {
        if (id === null) return <List opened={opened} />
        return id === 'new' ? <NewPerson opened={opened} /> : <One opened={opened} id={id} />
      }}
    </VaultPage>
  )
}
