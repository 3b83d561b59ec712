import type { VNode } from 'preact'
import { People } from '../contacts/people.tsx'
import { Person } from '../contacts/person.tsx'
import { press } from '../device/records.ts'
import { Drill } from '../drill/drill.tsx'
import { Invite } from '../invite/invite.tsx'
import { Ready } from '../ready/ready.tsx'
import { Erase } from '../safety/erase.tsx'
import { More } from '../safety/more.tsx'
import { Restore } from '../safety/restore.tsx'
import { Words } from '../safety/words.tsx'
import { You } from '../safety/you.tsx'
import { language } from '../text/language.ts'
import { moving } from '../text/moving-text.ts'
import { Late } from '../ui/late.tsx'
import { route } from '../ui/route.ts'
import { Wizard } from './wizard.tsx'

export { setup } from '../text/setup-text.ts'

/** What protects a phone in other hands: a chunk and a catalog of their own. */
const safer = (place: string): VNode => (
  <Late
    key={place}
    load={async () => {
      const [{ saferPlace }] = await Promise.all([
        import('../safety/safer-place.ts'),
        moving.load(language.value),
      ])
      return saferPlace(place)
    }}
  />
)

/** All that is done at leisure, by place. */
const placeOf = (place: string): VNode => {
  if (place === 'restore') return <Restore />
  if (place === 'name') return safer(place)
  if (press.value === null) return <Wizard />
  if (place.startsWith('person/')) return <Person key={place} id={place.slice('person/'.length)} />
  if (place.startsWith('invite/')) return <Invite key={place} id={place.slice('invite/'.length)} />
  switch (place) {
    case 'people':
      return <People />
    case 'ready':
      return <Ready />
    case 'drill':
      return <Drill />
    case 'words':
      return <Words />
    case 'you':
      return <You />
    case 'empty':
      return safer(place)
    case 'erase':
      return <Erase />
    default:
      return <More />
  }
}

export const Leisure = () => placeOf(route.value)
