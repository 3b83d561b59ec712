import { STEPS_HERE } from '../../next-steps/here.ts'
import { byId } from './element.ts'

/** Ticks, and whose steps are shown: on this phone alone. Nothing of it is sent, and who clears it leaves nothing. */
type Kept = { role: string; done: string[] }

const read = (): Kept => {
  try {
    const { role, done } = JSON.parse(localStorage.getItem(STEPS_HERE) ?? '{}')
    return { role: String(role ?? ''), done: Array.isArray(done) ? done.map(String) : [] }
  } catch {
    return { role: '', done: [] }
  }
}

const write = ({ role, done }: Kept): void => {
  try {
    if (role === '' && done.length === 0) localStorage.removeItem(STEPS_HERE)
    else localStorage.setItem(STEPS_HERE, JSON.stringify({ role, done }))
  } catch {
    // It stays on the screen.
  }
}

const boxFor = (item: HTMLElement, onChange: () => void): HTMLInputElement => {
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.setAttribute('aria-label', item.querySelector('summary')?.textContent ?? '')
  box.addEventListener('change', onChange)
  item.prepend(box)
  return box
}

export const start = (): void => {
  const items = [...document.querySelectorAll<HTMLElement>('[data-step]')]
  const role = byId('role', HTMLSelectElement)
  const boxes = new Map<string, HTMLInputElement>()
  const ticked = (): string[] => [...boxes].flatMap(([id, box]) => (box.checked ? [id] : []))
  const keep = (): void => write({ role: role.value, done: ticked() })
  const show = (done: readonly string[]): void => {
    for (const [id, box] of boxes) box.checked = done.includes(id)
    for (const item of items)
      item.hidden = role.value !== '' && !item.dataset.roles?.split(' ').includes(role.value)
    for (const part of document.querySelectorAll<HTMLElement>('[data-never]'))
      part.hidden = part.querySelector('[data-step]:not([hidden])') === null
  }
  for (const item of items)
    if (item.closest('[data-never]') === null) boxes.set(item.dataset.step ?? '', boxFor(item, keep))
  const kept = read()
  role.value = kept.role
  if (role.selectedIndex < 0) role.value = ''
  show(kept.done)
  role.addEventListener('change', () => {
    keep()
    show(ticked())
  })
  byId('clear', HTMLButtonElement).addEventListener('click', () => {
    role.value = ''
    write({ role: '', done: [] })
    show([])
  })
  for (const id of ['role-field', 'ticks']) byId(id, HTMLElement).hidden = false
}
