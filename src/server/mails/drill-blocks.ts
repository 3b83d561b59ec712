import type { Translate } from '../../i18n/translate.ts'
import type { Block } from './blocks.ts'
import type { MailMessage } from './catalog.ts'

/**
 * The body of a practice message (`protocol.md §7.8`). It names no hotline and no steps: whoever reads in haste must find nothing to
 * act on but the practice letter. Pure.
 */
type Facts = {
  name: string
  letterUrl: string | null
  /** How the letter opens, beside the link; null where the link is enough. */
  how: MailMessage | null
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

export const drillBlocks = ({ name, letterUrl, how }: Facts, t: Translate<MailMessage>): Block[] => [
  { kind: 'heading', level: 1, text: t('drill.heading') },
  paragraph(t('drill.about', { name })),
  ...(letterUrl === null
    ? []
    : ([
        { kind: 'heading', level: 2, text: t('drill.do') },
        paragraph(t('drill.letter')),
        { kind: 'link', label: t('drill.open'), url: letterUrl, weight: 'button' },
      ] as const)),
  ...(letterUrl === null || how === null ? [] : [paragraph(t(how, { name }))]),
  paragraph(t('drill.nothing')),
  paragraph(t('drill.spam')),
  paragraph(t('drill.real')),
]
