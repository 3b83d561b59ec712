import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'

/**
 * Checks the message catalogs: every language of a group has exactly the keys of the English one, and every message the
 * same placeholders, plurals and choices. TypeScript sees only a missing key, and only where a catalog is imported.
 *
 * node tools/catalogs.mjs [folder of groups]     exit code 1 and a line a fault, with file and key
 */
const SOURCE = 'en.json'
const root = process.argv[2] ?? fileURLToPath(new URL('../src/i18n/messages', import.meta.url))

const faults = []
const fault = (file, key, what) => faults.push(`${relative(process.cwd(), file)}: ${key}: ${what}`)

/** @returns key → message, without what is no message; faults are noted */
const readCatalog = (file) => {
  let catalog
  try {
    catalog = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    fault(file, '(file)', error.code === 'ENOENT' ? 'is missing' : 'is not JSON')
    return null
  }
  if (catalog === null || typeof catalog !== 'object' || Array.isArray(catalog)) {
    fault(file, '(file)', 'is not an object of messages')
    return null
  }
  const messages = new Map()
  for (const [key, message] of Object.entries(catalog)) {
    if (typeof message !== 'string' || message.trim() === '')
      fault(file, key, 'is not a message, or is empty')
    else messages.set(key, message)
  }
  return messages
}

/** What a message asks for: `name`, `count (plural)`, `kind (select: a, b, other)`; sorted, each once. */
const askedFor = (tokens) => {
  const found = new Set()
  const walk = (parts) => {
    for (const token of parts) {
      if (typeof token === 'string') continue
      const [argument, type, choices] = token
      const branches = choices !== null && typeof choices === 'object' && type !== 'date' ? choices : {}
      const keys = Object.keys(branches).filter((key) => key !== 'offset')
      // Which plural forms there are is the language's own affair; which choices there are is not.
      if (type === 'select') found.add(`${argument} (select: ${keys.sort().join(', ')})`)
      else found.add(type === undefined ? argument : `${argument} (${type})`)
      for (const key of keys) walk(branches[key])
    }
  }
  walk(tokens)
  return [...found].sort().join('; ') || 'nothing'
}

/** @returns what the message asks for, or null if it is not ICU */
const placeholders = (file, key, message) => {
  try {
    return askedFor(compileMessageOrThrow(message))
  } catch (error) {
    fault(file, key, `is not an ICU message: ${String(error.message).split('\n')[0]}`)
    return null
  }
}

const compare = (sourceFile, source, file, catalog) => {
  for (const key of catalog.keys()) {
    if (!source.has(key)) fault(file, key, `is not in ${SOURCE}`)
  }
  for (const [key, message] of source) {
    if (!catalog.has(key)) {
      fault(file, key, 'is missing')
      continue
    }
    const wanted = placeholders(sourceFile, key, message)
    const given = placeholders(file, key, catalog.get(key))
    if (wanted !== null && given !== null && wanted !== given) {
      fault(file, key, `asks for ${given}; ${SOURCE} asks for ${wanted}`)
    }
  }
}

const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
const languages = new Set(
  folders.flatMap(({ name }) => readdirSync(join(root, name)).filter((file) => file.endsWith('.json'))),
)
let messages = 0
for (const { name } of folders) {
  const sourceFile = join(root, name, SOURCE)
  const source = readCatalog(sourceFile)
  if (source === null) continue
  messages += source.size
  // A language that one group has, every group has.
  for (const language of languages) {
    if (language === SOURCE) continue
    const file = join(root, name, language)
    const catalog = readCatalog(file)
    if (catalog !== null) compare(sourceFile, source, file, catalog)
  }
}
if (folders.length === 0) faults.push(`${root}: there are no catalogs`)

if (faults.length > 0) {
  console.error([...new Set(faults)].join('\n'))
  process.exitCode = 1
} else {
  console.log(`${messages} messages in ${folders.length} groups and ${languages.size} languages agree`)
}
