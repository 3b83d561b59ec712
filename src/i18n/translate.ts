import type { CompiledIcuChoices, CompiledMessage } from '@lingui/message-utils/compileMessage'
import type { Language } from '../protocol/fields.ts'

/** What stands in for the placeholders of a message: `{name}`, `{count, plural, …}`. */
export type Values = Readonly<Record<string, string | number>>

/** Ids are those of one catalog, so that a misspelt one does not compile. */
export type Translate<Id extends string> = (id: Id, values?: Values) => string

/** A catalog: ICU messages as they stand in the JSON, or compiled by the build. */
export type Messages<Id extends string> = Readonly<Record<Id, string | CompiledMessage>>

type Format = { language: Language; values: Values; count: number }

const choose = (choices: CompiledIcuChoices, { language, count }: Format): CompiledMessage => {
  const exact = choices[String(count)]
  if (exact !== undefined) return exact
  return choices[new Intl.PluralRules(language).select(count)] ?? choices.other ?? []
}

const write = (message: CompiledMessage, format: Format): string =>
  message
    .map((token) => {
      if (token === '#') return new Intl.NumberFormat(format.language).format(format.count)
      if (typeof token === 'string') return token
      const [name, type, choices] = token
      const value = format.values[name] ?? ''
      if (type !== 'plural') return value
      const counted = { ...format, count: Number(value) }
      return write(choose(choices as CompiledIcuChoices, counted), counted)
    })
    .join('')

/**
 * The one translate function. It takes its catalog as argument, because each runtime has its own loader: the client
 * gets catalogs compiled by the build and gives no `compile`; the Worker gets the JSON and gives the compiler. Of ICU it knows
 * what the catalogs use, values and plurals; Lingui's own runtime knows more, and weighs as much as a lock on a bad line.
 * Values go in as they are: whoever writes HTML escapes the result.
 */
export const translator =
  <Id extends string>(
    language: Language,
    messages: Messages<Id>,
    compile?: (message: string) => CompiledMessage,
  ): Translate<Id> =>
  (id, values = {}) => {
    const message = messages[id]
    if (typeof message !== 'string') return write(message, { language, values, count: 0 })
    return compile === undefined ? message : write(compile(message), { language, values, count: 0 })
  }
