import { button, byId } from './element.ts'
import { h, speakAsPage } from './page-words.ts'
import { showScene } from './show-scene.ts'
import { canSpeak, stopSpeaking } from './voice.ts'

const printPage = (): HTMLButtonElement => button(h('rights.print'), () => globalThis.print())

export const start = async (): Promise<void> => {
  await speakAsPage()
  for (const place of document.querySelectorAll<HTMLElement>('[data-show]')) {
    const scene = document.getElementById(place.dataset.show ?? '')
    if (scene === null) continue
    const show = button(h('rights.show'), () => showScene(scene))
    show.classList.add('prime')
    place.replaceChildren(show)
  }
  byId('print', HTMLElement).replaceChildren(printPage())
  if (canSpeak()) globalThis.addEventListener('pagehide', stopSpeaking)
}
