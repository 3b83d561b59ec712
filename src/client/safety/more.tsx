import { pinSet } from '../device/locked.ts'
import { press } from '../device/records.ts'
import { InstallHint } from '../setup/install-hint.tsx'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { NextIcon } from '../ui/icons.tsx'
import { LanguagePicker } from '../ui/language-picker.tsx'
import { Heading } from '../ui/page.tsx'

/** Everything beside the button. */
const PLACES = [
  'ready',
  'people',
  'plan',
  'practice',
  'drill',
  'check-ins',
  'pressers',
  'card',
  'second',
  'pin',
  'words',
  'start-over',
  'you',
  'name',
  'empty',
  'erase',
] as const

export const More = () => (
  <>
    <BackTop to="" />
    <main>
      <Heading>{s('more.title')}</Heading>
      <ul class="list">
        {PLACES.map((place) => (
          <li key={place}>
            <a class="btn" href={`#/${place}`}>
              <span>
                {s(`more.${place}`)}
                <small>{s(`more.${place}.more`, { contacts: press.value?.contacts ?? 0 })}</small>
              </span>
              <span class="next">
                <NextIcon />
              </span>
            </a>
          </li>
        ))}
      </ul>
      <InstallHint />
      <LanguagePicker label={s('welcome.language')} />
      {language.value !== 'en' && <p class="soft small">{s('more.translation')}</p>}
      <p class="soft small">{s(pinSet.value ? 'more.locked' : 'more.unlocked')}</p>
    </main>
  </>
)
