import { checkInNews, readCheckIn } from '../device/check-in.ts'
import { press } from '../device/records.ts'
import { c, checkInsText } from '../text/check-ins-text.ts'
import { language } from '../text/language.ts'
import { listCheckIns, rollCheckIns } from './presser.ts'
import { known, serviceNow } from './service.ts'
import { whenOf } from './when.ts'

/** What the button's page says of check-ins: nothing where none was ever armed on this phone. Never throws. */
const NEAR_MS = 24 * 3_600_000

export const tellNews = (): void => {
  const next = known.value?.checkIns[0]
  const now = serviceNow()
  if (next === undefined || (next.state === 'armed' && next.dueAt > now + NEAR_MS)) checkInNews.value = null
  else if (next.state === 'pressed') checkInNews.value = c('news.pressed', { when: whenOf(next.pressAt) })
  else if (next.dueAt <= now) checkInNews.value = c('news.due', { when: whenOf(next.pressAt) })
  else checkInNews.value = c('news.next', { when: whenOf(next.dueAt) })
}

export const lookAtCheckIns = async (): Promise<void> => {
  try {
    const record = await readCheckIn()
    const vault = press.value?.vault
    if (record === null || vault === undefined) return
    await checkInsText.load(language.value)
    await listCheckIns(vault, record.key)
    tellNews()
    await rollCheckIns()
  } catch {
    // The page of check-ins says what cannot be had.
  }
}
