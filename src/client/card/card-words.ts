import { RIGHTS } from '../../content/rights.ts'
import type { Language } from '../../protocol/fields.ts'
import { cardFace } from '../text/card-text.ts'

/**
 * All the words on a card: no name, no address, no number of anyone, nor whose it is. In English for the officer, in English and the
 * owner's language for whoever finds it.
 */
export type Said = { language: Language; text: string }
export type CardWords = {
  officer: string
  statements: readonly string[]
  mine: Said
  taken: readonly Said[]
  type: readonly Said[]
}

/** @param address of the page where the code is typed, as a person types it: without `https://` */
export const cardWords = async (owner: Language, address: string): Promise<CardWords> => {
  const languages: Language[] = ['en', owner === 'en' ? 'es' : owner]
  const faces = await Promise.all(
    languages.map(async (language) => ({ language, say: await cardFace.in(language) })),
  )
  const mine = await cardFace.in(owner)
  return {
    officer: (await cardFace.in('en'))('officer'),
    statements: RIGHTS.statements.map(({ officer }) => officer),
    mine: { language: owner, text: mine('mine') },
    taken: faces.map(({ language, say }) => ({ language, text: say('taken') })),
    type: faces.map(({ language, say }) => ({ language, text: say('type', { address }) })),
  }
}

export const allWords = ({ officer, statements, mine, taken, type }: CardWords): string =>
  [officer, ...statements, ...[mine, ...taken, ...type].map(({ text }) => text)].join('\n')
