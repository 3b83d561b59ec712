import { useSignal } from '@preact/signals'
import { choosePlain, isPlain, wearName } from '../device/plain-name.ts'
import { isApplePhone, isInstalled } from '../device/system.ts'
import { InstallHint } from '../setup/install-hint.tsx'
import { language } from '../text/language.ts'
import { m } from '../text/moving-text.ts'
import { s } from '../text/setup-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { Heading } from '../ui/page.tsx'

/** The name and the icon on the home screen. */
export const Name = () => {
  const plain = useSignal(isPlain())
  const failed = useSignal(false)
  const choose = (wanted: boolean): void => {
    failed.value = !choosePlain(wanted)
    plain.value = isPlain()
    wearName(language.value)
  }
  return (
    <>
      <BackTop to="more" />
      <main>
        <Heading>{m('name.title')}</Heading>
        <p>{m('name.body')}</p>
        {([false, true] as const).map((wanted) => (
          <label class="choice" key={String(wanted)}>
            <input
              type="radio"
              name="name"
              checked={plain.value === wanted}
              onChange={() => choose(wanted)}
            />
            <img src={wanted ? '/notes.svg' : '/icon.svg'} alt="" width="40" height="40" />
            <span>{m(wanted ? 'name.plain' : 'name.own')}</span>
          </label>
        ))}
        {failed.value && (
          <p class="wrong" role="alert">
            {s('trouble.phone')}
          </p>
        )}
        <p class="card small">{m(isApplePhone() ? 'name.apple' : 'name.other')}</p>
        {isInstalled() ? <p class="soft small">{m('name.installed')}</p> : <InstallHint />}
        <p class="soft small">{m('name.limits')}</p>
      </main>
    </>
  )
}
