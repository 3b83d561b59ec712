import { signal } from '@preact/signals'

/** Chromium's own offer to put the app on the home screen, kept until a person asks for it. Not in TypeScript's list. */
type InstallOffer = Event & { prompt(): Promise<unknown> }

const offer = signal<InstallOffer | null>(null)

/** Whether this browser can be asked to install; where it cannot, words must do. */
export const canInstall = (): boolean => offer.value !== null

export const listenForOffer = (): void => {
  globalThis.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.value = event as InstallOffer
  })
  globalThis.addEventListener('appinstalled', () => {
    offer.value = null
  })
}

export const install = async (): Promise<void> => {
  const now = offer.value
  offer.value = null
  await now?.prompt()
}
