import { isLocked } from '../device/locked.ts'
import { isMoving } from '../device/move.ts'
import { moveNews } from '../device/move-news.ts'
import { language } from '../text/language.ts'
import { o, startOver } from '../text/start-over-text.ts'

/** At each opening: goes on with a move that is not finished, as far as it can without a person, and says so where it cannot. Never throws. */
export const resumeMove = async (): Promise<void> => {
  try {
    if (await isMoving()) {
      await startOver.load(language.value)
      if (!isLocked()) await (await import('./move.ts')).goOn(null)
    }
    moveNews.value = (await isMoving()) ? o('news') : null
  } catch {
    // Its own page says what is wrong.
  }
}
