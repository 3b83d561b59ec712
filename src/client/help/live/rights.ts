import { SCENES } from '../../../content/rights-scenes.ts'
import { h } from '../../text/help-text.ts'
import { button, byId } from './element.ts'
import { speakAsPage } from './page-language.ts'
import { showScene } from './show-scene.ts'
import { canSpeak, stopSpeaking } from './voice.ts'

const printPage = (): HTMLButtonElement => button(h('rights.print'), () => globalThis.print())

export const start = async (): Promise<void> => {
  const spoken = await speakAsPage()
  for (const scene of SCENES) {
    const place = document.querySelector(`[data-show="${scene.id}"]`)
    const show = button(h('rights.show'), () => showScene(scene, spoken))
    show.classList.add('prime')
    place?.replaceChildren(show)
  }
  byId('print', HTMLElement).replaceChildren(printPage())
  if (canSpeak()) globalThis.addEventListener('pagehide', stopSpeaking)
}
