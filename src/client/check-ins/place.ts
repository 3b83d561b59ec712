import { checkInsText } from '../text/check-ins-text.ts'
import { language } from '../text/language.ts'
import { CheckIns } from './check-ins.tsx'

/** With its catalog. */
export const loadCheckIns = async (): Promise<typeof CheckIns> => {
  await checkInsText.load(language.value)
  return CheckIns
}
