import { signal } from '@preact/signals'

/** What came behind the `#` and is no place: a hand-over's link. It leaves the address bar and the history before anything else. */
export const carried = signal<string | null>(null)

/** Where in the app we are: what stands behind `#/`. The phone's own back button walks it. */
const read = (): string => {
  const { hash } = globalThis.location
  if (hash.length > 1 && !hash.startsWith('#/')) {
    carried.value = hash.slice(1)
    globalThis.history.replaceState(null, '', '#/add')
    return 'add'
  }
  return hash.replace(/^#\/?/, '')
}

export const route = signal(read())
globalThis.addEventListener('hashchange', () => {
  route.value = read()
  globalThis.scrollTo(0, 0)
})

export const go = (place: string): void => {
  globalThis.location.hash = `/${place}`
}

/** Goes there without leaving the present place in the history, so that "back" does not lead into a finished step. */
export const replace = (place: string): void => {
  globalThis.location.replace(`#/${place}`)
}
