import * as z from 'zod/mini'
import { line } from '../protocol/fields.ts'
import { LocalText, LongText } from './local-text.ts'
import { Statement } from './rights-schema.ts'
import { WebAddress } from './source.ts'

export const SceneId = z.enum(['door', 'street', 'car', 'work', 'border', 'detention'])
export type SceneId = z.infer<typeof SceneId>

/**
 * One scene of the rights card. `say`: held up to the officer or said, in English in every language of the interface, with what it means.
 * `know`: what a person may do. `beware`: what may happen all the same, and how not to make it worse. Nothing in it promises what an agent may break.
 */
export const RightsScene = z.strictObject({
  id: SceneId,
  title: LocalText,
  say: z.array(Statement).check(z.minLength(2), z.maxLength(6)),
  know: z.array(LocalText).check(z.minLength(2), z.maxLength(7)),
  beware: z.array(LocalText).check(z.minLength(1), z.maxLength(5)),
})
export type RightsScene = z.infer<typeof RightsScene>

/** `rights-scenes.json`. `changed`: what older cards and guides still say and is no longer so. */
export const RightsScenes = z.strictObject({
  scenes: z.array(RightsScene).check(z.length(SceneId.options.length)),
  changed: z
    .array(
      z.strictObject({
        id: z.string().check(z.regex(/^[a-z]+(?:-[a-z]+)*$/)),
        title: LocalText,
        text: LongText,
      }),
    )
    .check(z.minLength(1), z.maxLength(6)),
  /** General information, not legal advice: shown once a page. */
  notLegalAdvice: LocalText,
})
export type RightsScenes = z.infer<typeof RightsScenes>

/** `red-cards.json`: the cards of the Immigrant Legal Resource Center, by language; `name` is the language's own. */
export const RedCards = z.strictObject({
  organisation: line(80),
  page: WebAddress,
  about: LocalText,
  cards: z
    .array(
      z.strictObject({
        language: z.string().check(z.regex(/^[a-z]{2,3}$/)),
        name: line(40),
        english: line(40),
        url: WebAddress,
      }),
    )
    .check(z.minLength(16)),
})
export type RedCards = z.infer<typeof RedCards>
