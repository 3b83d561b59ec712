import type { LocalText } from './local-text.ts'
import file from './states.json'

/** Every state and territory by its two letters, in the interface's languages. Pure. */
export const STATE_NAMES: Readonly<Record<string, LocalText>> = file
