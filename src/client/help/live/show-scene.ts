import type { RightsScene } from '../../../content/rights-scene-schema.ts'
import type { Language } from '../../../protocol/fields.ts'
import { h } from '../../text/help-text.ts'
import { stayAwake } from './awake.ts'
import { button } from './element.ts'
import { canSpeak, speak, stopSpeaking } from './voice.ts'

const element = (tag: string, name: string, text: string, language: string): HTMLElement => {
  const made = document.createElement(tag)
  made.className = name
  made.textContent = text
  made.lang = language
  return made
}

const voiceButtons = (scene: RightsScene, spoken: Language, said: HTMLElement): HTMLButtonElement[] => {
  if (!canSpeak()) return []
  const read = (label: string, sentences: string[], language: string) =>
    button(label, async () => {
      said.textContent = ''
      if (!(await speak(sentences, language))) said.textContent = h('rights.speak.none')
    })
  const english = read(
    h('rights.speak'),
    scene.say.map(({ officer }) => officer),
    'en',
  )
  const mine = read(
    h('rights.speak.mine'),
    scene.say.map(({ owner }) => owner[spoken]),
    spoken,
  )
  return [english, mine, button(h('rights.speak.stop'), stopSpeaking)]
}

const contentOf = (scene: RightsScene, spoken: Language, close: () => void): HTMLElement => {
  const inside = element('div', 'sheet-in', '', spoken)
  const mine = element('section', 'mine-too', '', spoken)
  mine.append(
    element('h3', '', h('rights.mine'), spoken),
    ...scene.say.map(({ owner }) => element('p', '', owner[spoken], spoken)),
  )
  const said = element('p', 'small', '', spoken)
  said.setAttribute('role', 'status')
  const voices = element('div', 'row wrap', '', spoken)
  voices.append(...voiceButtons(scene, spoken, said))
  const end = element('div', 'push stack', '', spoken)
  end.append(said, button(h('rights.close'), close))
  inside.append(
    element('h2', '', h('rights.officer'), 'en'),
    ...scene.say.map(({ officer }) => element('p', 'officer', officer, 'en')),
    voices,
    mine,
    end,
  )
  return inside
}

/** Nothing but the words, as large as they go, on white, with the screen kept on. */
export const showScene = (scene: RightsScene, spoken: Language): void => {
  const dialog = document.createElement('dialog')
  dialog.className = 'show'
  dialog.setAttribute('aria-label', scene.title[spoken])
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
  dialog.append(contentOf(scene, spoken, close))
  document.body.append(dialog)
  if (dialog.showModal === undefined) dialog.setAttribute('open', '')
  else dialog.showModal()
}
