import type { Language } from '../../protocol/fields.ts'
import type { Block } from './blocks.ts'

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

const DIRECTIONS: Record<Language, 'ltr' | 'rtl'> = { en: 'ltr', es: 'ltr' }

// No colours for text and page, only pairs that bring their own background: so that a client's dark mode decides.
const BUTTON =
  'display:inline-block;padding:14px 22px;border-radius:14px;font-size:18px;font-weight:bold;text-decoration:none;'
const CALL = `${BUTTON}background:#f2b04a;color:#3a2500;`
const OPEN = `${BUTTON}background:#0f4a4f;color:#ffffff;border:1px solid #5fa39d;`

const write = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return block.level === 1
        ? `<h1 style="margin:0 0 12px;font-size:24px;line-height:1.25;">${escapeHtml(block.text)}</h1>`
        : `<h2 style="margin:28px 0 8px;font-size:19px;line-height:1.3;">${escapeHtml(block.text)}</h2>`
    case 'paragraph':
      return `<p style="margin:0 0 12px;">${escapeHtml(block.text)}</p>`
    case 'steps':
      return `<ol style="margin:0;padding:0;padding-inline-start:24px;">${block.steps
        .map(
          ({ title, text }) =>
            `<li style="margin:0 0 12px;"><strong>${escapeHtml(title)}.</strong> ${escapeHtml(text)}</li>`,
        )
        .join('\n')}</ol>`
    case 'call':
      return `<p style="margin:0 0 14px;"><a href="tel:${escapeHtml(block.phone)}" style="${CALL}">${escapeHtml(block.label)}</a></p>`
    case 'link':
      return block.weight === 'button'
        ? `<p style="margin:0 0 14px;"><a href="${escapeHtml(block.url)}" style="${OPEN}">${escapeHtml(block.label)}</a></p>`
        : `<p style="margin:0 0 12px;"><a href="${escapeHtml(block.url)}" style="color:inherit;">${escapeHtml(block.label)}</a></p>`
    case 'rule':
      return '<hr style="margin:28px 0 20px;border:0;border-top:1px solid #8a9496;">'
  }
}

/** The HTML part: inline styles only, nothing loaded from anywhere, and it reads as well with no styles at all. */
export const asHtml = (language: Language, title: string, blocks: readonly Block[]): string =>
  `<!doctype html>
<html lang="${language}" dir="${DIRECTIONS[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="date=no, address=no">
<title>${escapeHtml(title)}</title>
</head>
<body style="margin:0;padding:0;">
<div lang="${language}" dir="${DIRECTIONS[language]}" style="max-width:560px;margin:0 auto;padding:24px 20px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:17px;line-height:1.5;overflow-wrap:break-word;">
${blocks.map(write).join('\n')}
</div>
</body>
</html>
`
