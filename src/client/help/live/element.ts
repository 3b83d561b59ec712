/** Parts of a page that the build wrote: there, or the page is not the one this script was built with. */

/** @throws Error where it is missing */
export const byId = <Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`)
  return found
}

export const button = (label: string, onClick: () => void): HTMLButtonElement => {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'btn'
  made.textContent = label
  made.addEventListener('click', onClick)
  return made
}
