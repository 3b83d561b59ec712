import type { ComponentChildren, VNode } from 'preact'

/**
 * Components to elements, drawn once: what `render.ts` does for a file. A search draws its results anew, and needs nothing that Preact does to
 * change them, which would weigh as much as everything else of these pages' own code. Pure components only: no hooks, no handlers, no pictures.
 */
const isNode = (child: unknown): child is VNode<Record<string, unknown>> =>
  typeof child === 'object' && child !== null && 'type' in child && 'props' in child

const put = (element: Element, name: string, value: unknown): void => {
  if (name === 'children' || value === null || value === undefined || value === false) return
  element.setAttribute(name, value === true ? '' : String(value))
}

export const nodesOf = (child: ComponentChildren): Node[] => {
  if (child === null || child === undefined || typeof child === 'boolean') return []
  if (Array.isArray(child)) return child.flatMap(nodesOf)
  if (!isNode(child)) return [document.createTextNode(String(child))]
  const { type, props } = child
  if (typeof type === 'function') return nodesOf((type as (given: typeof props) => ComponentChildren)(props))
  const element = document.createElement(type)
  for (const [name, value] of Object.entries(props)) put(element, name, value)
  element.append(...nodesOf(props.children as ComponentChildren))
  return [element]
}

/** What already stands where it is wanted is not touched, so that the browser need not lay it out again. */
export const place = (container: Element, wanted: readonly Node[]): void => {
  for (const [index, node] of wanted.entries()) {
    const there = container.childNodes[index]
    if (there !== node) container.insertBefore(node, there ?? null)
  }
  while (container.childNodes.length > wanted.length) container.lastChild?.remove()
}
