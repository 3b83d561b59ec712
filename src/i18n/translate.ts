import { setupI18n } from '@lingui/core'
import type { CompiledMessage } from '@lingui/message-utils/compileMessage'
import type { Language } from '../protocol/fields.ts'

/** What stands in for the placeholders of a message: `{name}`, `{count, plural, …}`. */
export type Values = Readonly<Record<string, string | number>>

/** Ids are those of one catalog, so that a misspelt one does not compile. */
export type Translate<Id extends string> = (id: Id, values?: Values) => string

/** A catalog: ICU messages as they stand in the JSON, or compiled by the build. */
export type Messages<Id extends string> = Readonly<Record<Id, string | CompiledMessage>>

/**
 * The one translate function. It takes its catalog as argument, because each runtime has its own loader: the client
 * gets catalogs compiled by the build and gives no `compile`; the Worker gets the JSON and gives the compiler.
 * Values go in as they are: whoever writes HTML escapes the result.
 */
export const translator = <Id extends string>(
  language: Language,
  messages: Messages<Id>,
  compile?: (message: string) => CompiledMessage,
): Translate<Id> => {
  const i18n = setupI18n()
  // Before the catalog is loaded, or Lingui warns of messages that nothing can compile.
  if (compile !== undefined) i18n.setMessagesCompiler(compile)
  i18n.loadAndActivate({ locale: language, messages: { ...messages } })
  return (id, values) => i18n._(id, values)
}
