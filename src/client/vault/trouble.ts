import { s } from '../text/setup-text.ts'
import type { Trouble } from './session.ts'

/** Why something did not work, in a sentence that a person can act on. */
export const troubleText = (trouble: Trouble): string => {
  switch (trouble.trouble) {
    case 'no-line':
      return s('trouble.no-line')
    case 'older':
      return s('trouble.older')
    case 'unreadable':
      return s('trouble.unreadable')
    case 'locked':
      return s('trouble.locked')
    case 'moving':
      return s('trouble.moving')
    case 'none':
      return s('trouble.unknown')
    case 'refused':
      switch (trouble.code) {
        case 'unknown':
          return s('trouble.unknown')
        case 'not-configured':
          return s('trouble.not-configured')
        case 'slow-down':
        case 'try-again':
          return s('trouble.later')
        case 'conflict':
          return s('trouble.conflict')
        case 'full':
          return s('trouble.full')
        case 'open-alert':
          return s('trouble.open-alert')
        default:
          return s('trouble.refused')
      }
  }
}
