import { signal } from '@preact/signals'

/** Where in the app we are: what stands behind `#/`. The phone's own back button walks it. */
const read = (): string => globalThis.location.hash.replace(/^#\/?/, '')

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
