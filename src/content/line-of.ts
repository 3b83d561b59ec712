/** Where in a JSON text something stands. Pure; for tools, which have to name the line of a mistake. The text is well-formed. */

const SPACE = /\s/

/** The index after the string that begins at `at`. */
const afterString = (text: string, at: number): number => {
  let end = at + 1
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return end + 1
}

const skipSpace = (text: string, at: number): number => {
  let next = at
  while (SPACE.test(text[next] ?? 'x')) next++
  return next
}

/** The index after the value that begins at `at`. */
const afterValue = (text: string, at: number): number => {
  let depth = 0
  let next = at
  do {
    const sign = text[next]
    if (sign === undefined) return next
    if (sign === '"') {
      next = afterString(text, next)
      continue
    }
    if (sign === '{' || sign === '[') depth++
    if (sign === '}' || sign === ']') depth--
    next++
  } while (depth > 0 || !/[\s,}\]]|^$/.test(text[next] ?? ''))
  return next
}

/** Where the value of `key` begins in the object or list that begins at `at`; its key's place for a member, null if there is none. */
const find = (text: string, at: number, key: PropertyKey): { key: number; value: number } | null => {
  const isObject = text[at] === '{'
  if (!isObject && text[at] !== '[') return null
  let next = skipSpace(text, at + 1)
  for (let index = 0; next < text.length && text[next] !== '}' && text[next] !== ']'; index++) {
    const start = next
    let name: PropertyKey = index
    if (isObject) {
      const end = afterString(text, next)
      name = JSON.parse(text.slice(next, end)) as string
      next = skipSpace(text, skipSpace(text, end) + 1)
    }
    if (name === key) return { key: start, value: next }
    next = skipSpace(text, afterValue(text, next))
    if (text[next] === ',') next = skipSpace(text, next + 1)
  }
  return null
}

/**
 * The line, from 1, on which what `path` leads to begins; where the path ends early (a key is missing), the line of the last part
 * that there is.
 */
export const lineOf = (text: string, path: readonly PropertyKey[]): number => {
  let value = skipSpace(text, 0)
  let place = value
  for (const key of path) {
    const found = find(text, value, key)
    if (found === null) break
    value = found.value
    place = found.key
  }
  return text.slice(0, place).split('\n').length
}
