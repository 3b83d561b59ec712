/** A phone in another engine than Chromium: a browser with a profile of its own and one page, driven as WebDriver does. */
export type EnginePhone = {
  /** The engine's name and version. */
  version: string
  pointer: 'mouse' | 'touch'
  goto(url: string): Promise<void>
  /** Calls `body`, the text of a function, in the page; a promise is waited for. What goes in and comes out is JSON. */
  call<T>(body: string, ...args: unknown[]): Promise<T>
  /** W3C input actions. */
  act(actions: object[]): Promise<void>
  /** Brings the page to the front: a PDF that was saved may have opened in a tab before it. */
  look(): Promise<void>
  picture(): Promise<Buffer>
  /** The page as a printer would get it, as a PDF; null: the driver cannot. */
  print: (() => Promise<Buffer>) | null
  /** Closes the browser as a person does. `profile`: stays on disk. */
  close(): Promise<void>
}

export type EngineOptions = { language: 'es' | 'en'; profile?: string; touch?: boolean }
export type Engine = (options: EngineOptions) => Promise<EnginePhone>

/** The screen on which the app is designed. */
export const WIDTH = 360
export const HEIGHT = 740

export const LOCALES = { es: 'es-MX', en: 'en-US' } as const

export const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** @throws Error if `attempt` has thrown until the end */
export const until = async <T>(attempt: () => Promise<T>, ms = 30_000): Promise<T> => {
  for (const end = Date.now() + ms; ; await later(150)) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}
