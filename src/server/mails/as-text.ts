import type { Block } from './blocks.ts'

const write = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? block.text : `== ${block.text} ==`
    case 'paragraph':
      return block.text
    case 'steps':
      return block.steps.map(({ title, text }, index) => `${index + 1}. ${title}. ${text}`).join('\n\n')
    case 'call':
      return block.label
    case 'link':
      return block.url
    case 'rule':
      return '--------'
  }
}

/**
 * The text part: complete without the HTML. Lines are not broken here: phones break them where their screens end, and a
 * link broken by hand is a dead link. So a paragraph is a line, and an address is a line with nothing else on it.
 */
export const asText = (blocks: readonly Block[]): string => `${blocks.map(write).join('\n\n')}\n`
