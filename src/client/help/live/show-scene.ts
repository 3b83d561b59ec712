import { stayAwake } from './awake.ts'
import { button } from './element.ts'
import { h, spoken } from './page-words.ts'
import { canSpeak, speak, stopSpeaking } from './voice.ts'

const element = (tag: string, name: string, text: string, language: string): HTMLElement => {
  const made = document.createElement(tag)
  made.className = name
  made.textContent = text
  made.lang = language
  return made
}

/** What the page itself says: to the officer, and what it means. */
const saidIn = (scene: HTMLElement, name: 'officer' | 'meaning'): string[] =>
  [...scene.querySelectorAll(`.spoken .${name}`)].map(({ textContent }) => textContent ?? '')

const voiceButtons = (officer: string[], meaning: string[], said: HTMLElement): HTMLButtonElement[] => {
  if (!canSpeak()) return []
  const read = (label: string, sentences: string[], language: string) =>
    button(label, async () => {
      said.textContent = ''
      if (!(await speak(sentences, language))) said.textContent = h('rights.speak.none')
    })
  return [
    read(h('rights.speak'), officer, 'en'),
    read(h('rights.speak.mine'), meaning, spoken()),
    button(h('rights.speak.stop'), stopSpeaking),
  ]
}

const contentOf = (scene: HTMLElement, close: () => void): HTMLElement => {
  const language = spoken()
  const [officer, meaning] = [saidIn(scene, 'officer'), saidIn(scene, 'meaning')]
  const inside = element('div', 'sheet-in', '', language)
  const mine = element('section', 'mine-too', '', language)
  mine.append(
    element('h3', '', h('rights.mine'), language),
    ...meaning.map((text) => element('p', '', text, language)),
  )
  const said = element('p', 'small', '', language)
  said.setAttribute('role', 'status')
  const voices = element('div', 'row wrap', '', language)
  voices.append(...voiceButtons(officer, meaning, said))
  const end = element('div', 'push stack', '', language)
  end.append(said, button(h('rights.close'), close))
  inside.append(
    element('h2', '', h('rights.officer'), 'en'),
    ...officer.map((text) => element('p', 'officer', text, 'en')),
    voices,
    mine,
    end,
  )
  return inside
}

/** Nothing but the words, as large as they go, on white, with the screen kept on. */
export const showScene = (scene: HTMLElement): void => {
  const dialog = document.createElement('dialog')
  dialog.className = 'show'
  dialog.setAttribute('aria-label', scene.querySelector('h2')?.textContent ?? '')
  const sleep = stayAwake()
  const before = document.activeElement
  const end = (): void => {
    sleep()
    if (canSpeak()) stopSpeaking()
    dialog.remove()
    if (before instanceof HTMLElement) before.focus()
  }
  dialog.addEventListener('close', end)
  // Before Safari 15.4 there is no modal dialog: it lies over the page all the same, and closing is ours.
  const close = (): void => (dialog.showModal === undefined ? end() : dialog.close())
  dialog.append(contentOf(scene, close))
  document.body.append(dialog)
  if (dialog.showModal === undefined) dialog.setAttribute('open', '')
  else dialog.showModal()
}
