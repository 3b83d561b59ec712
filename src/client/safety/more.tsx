import { pinSet } from '../device/locked.ts'
import { press } from '../device/records.ts'
import { InstallHint } from '../setup/install-hint.tsx'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { LanguagePicker } from '../ui/language-picker.tsx'
import { Heading } from '../ui/page.tsx'
import { PlaceLink } from '../ui/place-link.tsx'

/** Everything beside the button, in the order in which it is needed. */
const GROUPS = {
  people: ['ready', 'people', 'plan', 'practice', 'drill', 'you'],
  pressing: ['check-ins', 'pressers', 'card', 'second', 'where'],
  phone: ['pin', 'words', 'start-over', 'name', 'empty', 'erase'],
} as const

const Row = ({ place }: { place: (typeof GROUPS)[keyof typeof GROUPS][number] }) => (
  <li>
    <PlaceLink to={place}>
      {s(`more.${place}`)}
      <small>{s(`more.${place}.more`, { contacts: press.value?.contacts ?? 0 })}</small>
    </PlaceLink>
  </li>
)

export const More = () => (
  <>
    <BackTop to="" />
    <main>
      <Heading>{s('more.title')}</Heading>
      {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
        <section key={group} class="stack">
          <h2>{s(`more.group.${group}`)}</h2>
          <ul class="list">
            {GROUPS[group].map((place) => (
              <Row key={place} place={place} />
            ))}
          </ul>
        </section>
      ))}
      <InstallHint />
      <LanguagePicker label={s('welcome.language')} />
      {language.value !== 'en' && <p class="soft small">{s('more.translation')}</p>}
      <p class="soft small">{s(pinSet.value ? 'more.locked' : 'more.unlocked')}</p>
    </main>
  </>
)
