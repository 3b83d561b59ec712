import type { ComponentChildren } from 'preact'

/**
 * What JSX is turned into in the help pages' own code, in the place of `preact/jsx-runtime` (vite.config.ts): a component's name and what it is given,
 * for `nodesOf`. Preact's brings all of Preact with it.
 */
export const jsx = (type: unknown, props: object) => ({ type, props })
export const jsxs = jsx
export const Fragment = ({ children }: { children?: ComponentChildren }) => children
