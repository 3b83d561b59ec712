import type { ComponentChildren, VNode } from 'preact'

/**
 * Components to HTML, at build time: what a page shows before, and without, JavaScript. Pure components only: no hooks, no
 * handlers, no raw HTML.
 */
const VOID = new Set(['br', 'hr', 'img', 'input', 'link', 'meta'])
const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign)

const attribute = (name: string, value: unknown): string => {
  if (name === 'children' || name === 'key' || value === null || value === undefined) return ''
  if (typeof value === 'function' || typeof value === 'object')
    throw new Error(`a static page has no attribute "${name}" of this kind`)
  if (value === false && !name.startsWith('aria-')) return ''
  return value === true && !name.startsWith('aria-') ? ` ${name}` : ` ${name}="${escaped(String(value))}"`
}

const isNode = (child: unknown): child is VNode<Record<string, unknown>> =>
  typeof child === 'object' && child !== null && 'type' in child && 'props' in child

/** @throws Error for what a static page cannot show */
export const render = (child: ComponentChildren): string => {
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (Array.isArray(child)) return child.map(render).join('')
  if (!isNode(child)) {
    if (typeof child === 'object') throw new Error('a static page shows no object')
    return escaped(String(child))
  }
  const { type, props } = child
  if (typeof type === 'function') return render((type as (given: typeof props) => ComponentChildren)(props))
  const open = Object.entries(props)
    .map(([name, value]) => attribute(name, value))
    .join('')
  if (VOID.has(type)) return `<${type}${open}>`
  return `<${type}${open}>${render(props.children as ComponentChildren)}</${type}>`
}
