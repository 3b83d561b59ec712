import type { Content } from './check.ts'
import { placeFaults } from './check-lines.ts'
import type { Fault } from './fault.ts'

/** What is wrong with the library beyond its shape. Pure; for tests and builds. */
export const libraryFaults = (content: Content): Fault[] => {
  const { library } = content
  const file = 'library'
  const ids = new Set(library.map(({ id }) => id))
  const lines = new Set([...content.hotlines, ...content['other-lines']].map(({ id }) => id))
  const seen = new Set<string | number>()
  return library.flatMap((entry, index) => {
    const faults = placeFaults(file, [index], entry)
    for (const key of ['id', 'number'] as const) {
      const value = entry[key]
      if (value === null) continue
      if (seen.has(value)) faults.push({ file, path: [index, key], message: `${value}: stands twice` })
      seen.add(value)
    }
    for (const [at, id] of entry.sameAs.entries()) {
      if (!ids.has(id)) faults.push({ file, path: [index, 'sameAs', at], message: `${id}: no such entry` })
    }
    for (const [at, id] of entry.lines.entries()) {
      if (!lines.has(id)) faults.push({ file, path: [index, 'lines', at], message: `${id}: no such line` })
    }
    return faults
  })
}
