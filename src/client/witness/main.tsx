import { signal } from '@preact/signals'
import { render } from 'preact'
import type { Language } from '../../protocol/fields.ts'
import { HoldButton } from '../press/hold-button.tsx'
import { takeFragment } from '../reader/fragment.ts'
import { CodePlace } from '../scan/code-place.tsx'
import { loadParts, partsNow } from '../scan/parts.ts'
import { app } from '../text/app-text.ts'
import { language } from '../text/language.ts'
import { w, witnessText } from '../text/witness-text.ts'
import { OtherLanguages } from '../ui/other-languages.tsx'
import { Heading, Top } from '../ui/page.tsx'
import { askCover, dropLink, type Holder, holderOf, keepLink, keptLinks, told } from './holder.ts'
import { Pressed } from './pressed.tsx'
import { resumePress, shown, startPress, watch } from './pressing.ts'

/** Composes the page on which somebody presses for another person: one button, and nothing of the family. */
const opened = takeFragment('press')
const holder = signal<Holder | null>(holderOf(opened))
const isKept = signal(keptLinks().some(({ fragment }) => fragment === holder.value?.fragment))

const nameOf = ({ fragment }: Holder): string | null =>
  told.value.at === 'told'
    ? told.value.cover.name
    : (keptLinks().find((link) => link.fragment === fragment)?.name ?? null)

const take = async (next: Holder): Promise<void> => {
  holder.value = next
  isKept.value = keptLinks().some(({ fragment }) => fragment === next.fragment)
  told.value = { at: 'asking' }
  await resumePress(next).catch(() => undefined)
  const cover = await askCover(next)
  if (cover?.kind === 'card') void loadParts(language.value)
  if (cover !== null && isKept.value) keepLink({ fragment: next.fragment, name: cover.name })
}

/** What a card's code leads to is kept by this tab, as a link that was opened would be. */
const takeFound = (fragment: string): void => {
  try {
    globalThis.sessionStorage.setItem('amparo/press', fragment)
  } catch {
    // A reload asks for the code again.
  }
  const next = holderOf(fragment)
  if (next !== null) void take(next)
}

const Choosing = () => {
  const links = keptLinks()
  if (links.length === 0)
    return (
      <>
        {opened !== '' && (
          <>
            <Heading>{w('damaged')}</Heading>
            <p>{w('damaged.more')}</p>
          </>
        )}
        <CodePlace onFound={takeFound} />
      </>
    )
  return (
    <>
      <Heading>{w('whose')}</Heading>
      <div class="stack">
        {links.map(({ fragment, name }) => (
          <button
            type="button"
            class="btn"
            key={fragment}
            onClick={() => {
              const next = holderOf(fragment)
              if (next !== null) void take(next)
            }}
          >
            {name ?? w('whose.somebody')}
          </button>
        ))}
      </div>
    </>
  )
}

const Revoked = ({ mine }: { mine: Holder }) => (
  <>
    <Heading>{w('revoked')}</Heading>
    <p class="wrong" role="alert">
      {w('revoked.more')}
    </p>
    {isKept.value && (
      <div class="push stack">
        <button
          type="button"
          class="btn"
          onClick={() => {
            dropLink(mine.fragment)
            holder.value = null
          }}
        >
          {w('keep.drop')}
        </button>
      </div>
    )}
  </>
)

const Keep = ({ mine, name }: { mine: Holder; name: string | null }) => {
  if (isKept.value) return <p class="soft small">{w('keep.done')}</p>
  return (
    <button
      type="button"
      class="btn"
      onClick={() => {
        isKept.value = keepLink({ fragment: mine.fragment, name })
        if (isKept.value) void navigator.serviceWorker?.register('/sw.js').catch(() => undefined)
      }}
    >
      {w('keep')}
    </button>
  )
}

const Button = ({ mine }: { mine: Holder }) => {
  const name = nameOf(mine)
  const isCard = told.value.at === 'told' && told.value.cover.kind === 'card'
  const Card = isCard ? partsNow()?.CardAbout : undefined
  return (
    <>
      {Card !== undefined ? (
        <Card />
      ) : (
        <>
          <Heading>{name === null ? w('title.somebody') : w('title', { name })}</Heading>
          <p>{name === null ? w('about.somebody') : w('about', { name })}</p>
        </>
      )}
      {told.value.at === 'no-line' && (
        <p class="light amber" role="status">
          <span class="dot" />
          <span>{w('no-line')}</span>
        </p>
      )}
      <div class="hold-space">
        <HoldButton label={w('hold')} onHeld={() => void startPress(mine)} />
      </div>
      {!isCard && (
        <>
          <p class="soft small">{w('seen')}</p>
          <div class="push stack">
            <Keep mine={mine} name={name} />
          </div>
        </>
      )}
    </>
  )
}

const Body = () => {
  const mine = holder.value
  if (mine === null) return <Choosing />
  const press = shown.value
  if (press !== null) return <Pressed holder={mine} press={press} name={nameOf(mine)} />
  return told.value.at === 'revoked' ? <Revoked mine={mine} /> : <Button mine={mine} />
}

const speak = async (code: Language): Promise<void> => {
  await Promise.all([witnessText.load(code), app.load(code)])
  if (partsNow() !== null) await loadParts(code)
  language.value = code
  document.documentElement.lang = code
}

const Page = () => (
  <>
    <Top title="Amparo" side={<OtherLanguages onPick={(code) => void speak(code)} />} />
    <main>
      <Body />
    </main>
  </>
)

const begin = async (): Promise<void> => {
  await speak(language.value)
  const [only, ...more] = keptLinks()
  const first = holder.value ?? (only !== undefined && more.length === 0 ? holderOf(only.fragment) : null)
  if (first !== null) void take(first)
  const root = document.getElementById('app')
  if (root === null) return
  root.replaceChildren()
  render(<Page />, root)
  watch()
}

// Until it is drawn, the page itself says what to do.
void begin().catch(() => undefined)
