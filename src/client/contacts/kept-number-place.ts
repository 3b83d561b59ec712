import { language } from '../text/language.ts'
import { numbersText } from '../text/numbers-text.ts'
import { lazily } from '../ui/lazily.tsx'

export const KeptNumberPlace = lazily(async () => {
  const [{ KeptNumber }] = await Promise.all([import('./kept-number.tsx'), numbersText.load(language.value)])
  return KeptNumber
}, 'div')
