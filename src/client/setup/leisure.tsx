import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { loadCards } from '../card/place.ts'
import { People } from '../contacts/people.tsx'
import { Person } from '../contacts/person.tsx'
import { isLocked } from '../device/locked.ts'
import { press } from '../device/records.ts'
import { Drill } from '../drill/drill.tsx'
import { Invite } from '../invite/invite.tsx'
import { Ready } from '../ready/ready.tsx'
import { Erase } from '../safety/erase.tsx'
import { More } from '../safety/more.tsx'
import { Restore } from '../safety/restore.tsx'
import { Words } from '../safety/words.tsx'
import { You } from '../safety/you.tsx'
import { lazily } from '../ui/lazily.tsx'
import { route } from '../ui/route.ts'
import { watchBackground } from '../vault/lock.ts'
import { Wizard } from './wizard.tsx'

export { setup } from '../text/setup-text.ts'

const Unlock = lazily(async () => (await import('../pin/pin-places.ts')).loadUnlock())
const Pin = lazily(async () => (await import('../pin/pin-places.ts')).loadPin())
/** What protects a phone in other hands: a chunk and a catalog of their own. */
const Name = lazily(async () => (await import('../safety/safer-place.ts')).loadSafer('name'))
const Emptying = lazily(async () => (await import('../safety/safer-place.ts')).loadSafer('empty'))
const Cards = lazily(loadCards)
const StartOver = lazily(async () => (await import('../start-over/place.ts')).loadStartOver())
const FamilyPlan = lazily(async () => (await import('../plan/place.ts')).loadPlan())
/** The two ends of a hand-over to another phone. */
const Giving = lazily(async () => (await import('../second/place.ts')).loadGiving())
const Arriving = lazily(async () => (await import('../second/place.ts')).loadArriving())
const Pressers = lazily(async () => (await import('../pressers/place.ts')).loadPressers())
const Told = lazily(async () => (await import('../told/place.ts')).loadTold())
const CheckIns = lazily(async () => (await import('../check-ins/place.ts')).loadCheckIns())

/** All that is done at leisure, by place. */
const placeOf = (place: string): VNode => {
  if (place === 'restore') return <Restore />
  if (place === 'name') return <Name />
  if (place === 'add') return <Arriving />
  if (press.value === null) return <Wizard />
  // Before any lock: whoever can press can arm one.
  if (place === 'check-ins') return <CheckIns />
  if (isLocked()) return <Unlock />
  if (place.startsWith('person/')) return <Person key={place} id={place.slice('person/'.length)} />
  if (place.startsWith('invite/')) return <Invite key={place} id={place.slice('invite/'.length)} />
  if (place === 'card' || place.startsWith('card/')) return <Cards />
  if (place === 'plan' || place.startsWith('plan/')) return <FamilyPlan />
  if (place === 'pressers' || place.startsWith('pressers/')) return <Pressers />
  switch (place) {
    case 'people':
      return <People />
    case 'ready':
      return <Ready />
    case 'second':
      return <Giving />
    case 'drill':
      return <Drill />
    case 'check-ins/open':
      return <CheckIns />
    case 'pin':
      return <Pin />
    case 'told':
      return <Told />
    case 'words':
      return <Words />
    case 'you':
      return <You />
    case 'empty':
      return <Emptying />
    case 'start-over':
      return <StartOver />
    case 'erase':
      return <Erase />
    default:
      return <More />
  }
}

export const Leisure = () => {
  useEffect(watchBackground, [])
  return placeOf(route.value)
}
