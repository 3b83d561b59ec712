import type { Language } from '../../protocol/fields.ts'
import { asHtml } from './as-html.ts'
import { asText } from './as-text.ts'
import type { Block } from './blocks.ts'
import { mailTranslator } from './catalog.ts'
import type { Mail } from './render.ts'

/**
 * The mail that reminds an owner of her check-in (`protocol.md §7.12`). It names nobody and says neither what for nor where: others may see
 * a mailbox. No link says that all is well: whoever holds the mailbox would say it for her. Pure.
 */
export type ReminderFacts = { language: Language; kind: 'before' | 'due'; appUrl: string; stopUrl: string }

export const renderReminder = ({ language, kind, appUrl, stopUrl }: ReminderFacts): Mail => {
  const t = mailTranslator(language)
  const subject = t(`checkin.${kind}.subject`)
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: t(`checkin.${kind}.heading`) },
    { kind: 'paragraph', text: t(`checkin.${kind}.about`) },
    { kind: 'link', label: t('checkin.open'), url: appUrl, weight: 'plain' },
    { kind: 'paragraph', text: t('checkin.phone') },
    { kind: 'rule' },
    { kind: 'paragraph', text: t('checkin.automatic') },
    { kind: 'paragraph', text: t('stop.about') },
    { kind: 'link', label: t('stop.open'), url: stopUrl, weight: 'plain' },
  ]
  return { subject, text: asText(blocks), html: asHtml(language, subject, blocks) }
}
