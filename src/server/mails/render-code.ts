import type { Language } from '../../protocol/fields.ts'
import { CODE_LIFE_MS } from '../../protocol/limits.ts'
import { asHtml } from './as-html.ts'
import { asText } from './as-text.ts'
import type { Block } from './blocks.ts'
import { mailTranslator } from './catalog.ts'
import type { Mail } from './render.ts'

/**
 * The mail with a code (`protocol.md §7.5.2`). It may come to somebody who never heard of Amparo, since anybody can mistype an address:
 * so it names nobody. No link confirms anything: a scanner follows links, and types no codes. Pure.
 */
export type CodeFacts = { language: Language; code: string; stopUrl: string }

export const renderCode = ({ language, code, stopUrl }: CodeFacts): Mail => {
  const t = mailTranslator(language)
  const subject = t('code.subject')
  const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: t('code.heading', { code }) },
    paragraph(t('code.about')),
    paragraph(t('code.type', { minutes: CODE_LIFE_MS / 60_000 })),
    paragraph(t('code.secret')),
    paragraph(t('code.stranger')),
    { kind: 'rule' },
    paragraph(t('code.automatic')),
    paragraph(t('stop.about')),
    { kind: 'link', label: t('stop.open'), url: stopUrl, weight: 'plain' },
  ]
  return { subject, text: asText(blocks), html: asHtml(language, subject, blocks) }
}
