import { type Line, lineById } from '../../../content/lines.ts'
import { openState } from '../../../content/open-hours.ts'
import type { Language } from '../../../protocol/fields.ts'
import { button } from './element.ts'
import { openWords } from './open-words.ts'
import { h, spoken } from './page-words.ts'
import { vcardOf } from './vcard.ts'

const copy = (line: Line, said: HTMLElement): void => {
  navigator.clipboard.writeText(line.phone).then(
    () => {
      said.textContent = h('line.copied')
    },
    () => {
      said.textContent = h('line.uncopied', { number: line.display })
    },
  )
}

/** The phone opens it in its contacts; nothing is uploaded. */
const save = (line: Line, language: Language): void => {
  const note = [line.area[language], line.hours?.[language] ?? '', line.note?.[language] ?? '']
  const card = vcardOf({ ...line, note: note.filter((part) => part !== '').join('. ') })
  const address = URL.createObjectURL(new Blob([card], { type: 'text/vcard' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${line.id}.vcf`
  link.click()
  // A browser that asks first reads it later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const showOpen = (card: HTMLElement, line: Line): void => {
  const place = card.querySelector('[data-open]')
  const now = Date.now()
  const state = openState(line.open, now)
  const words = openWords(state, line.open === 'always', now)
  if (place === null) return
  place.textContent = words
  place.classList.toggle('yes', state.open === true)
}

/** Copy, keep, and whether it is open at this moment: what a file cannot hold. */
export const enliven = (card: HTMLElement): void => {
  const line = lineById(card.dataset['line'] ?? '')
  const place = card.querySelector('[data-actions]')
  if (line === null || place === null) return
  const said = document.createElement('p')
  said.className = 'small'
  said.setAttribute('role', 'status')
  place.replaceChildren(
    button(h('line.copy'), () => copy(line, said)),
    button(h('line.save'), () => save(line, spoken())),
    said,
  )
  showOpen(card, line)
}

/** The time goes on while the page lies open. */
export const refreshOpen = (): void => {
  for (const card of document.querySelectorAll<HTMLElement>('[data-line]')) {
    const line = lineById(card.dataset['line'] ?? '')
    if (line !== null) showOpen(card, line)
  }
}
