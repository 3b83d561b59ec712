import { language } from '../text/language.ts'
import { pin } from '../text/pin-text.ts'
import { startOver } from '../text/start-over-text.ts'
import { StartOver } from './start-over.tsx'

/** With its catalog, and that of the PIN that is asked for. */
export const loadStartOver = async (): Promise<typeof StartOver> => {
  await Promise.all([startOver.load(language.value), pin.load(language.value)])
  return StartOver
}
