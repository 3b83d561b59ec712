import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { toText } from '../../protocol/bytes.ts'
import type { LetterAnswer } from '../../protocol/letter.ts'
import type { PracticeLetter } from '../../protocol/letter-content.ts'
import { language } from '../text/language.ts'
import { p, practice } from '../text/practice-text.ts'
import { Heading } from '../ui/page.tsx'
import type { Way } from './way.ts'

/** An open practice letter. Loaded only where there is one: that it is practice, its seal says, and not the service. */
type Tested = 'paired' | 'paired.word' | 'word' | 'link'

/** Which lock has given this key. Pure. */
export const testedBy = ({ locks }: Pick<LetterAnswer, 'locks'>, way: Way, letterKey: Uint8Array): Tested => {
  const hasWord = locks.some(({ kind }) => kind === 'word')
  if (way.letterKey !== null && toText(way.letterKey) === toText(letterKey))
    return hasWord ? 'paired.word' : 'paired'
  return hasWord ? 'word' : 'link'
}

export const load = (): Promise<void> => practice.load(language.value)

export const Practice = ({
  letter,
  tested,
  warning,
  tell,
}: {
  letter: PracticeLetter
  tested: Tested
  /** Of a key that does not fit, as it would be said of a real letter. */
  warning: string | null
  /** @returns whether the service knows now that it was opened */
  tell: () => Promise<boolean>
}) => {
  const told = useSignal<'telling' | 'told' | 'untold'>('telling')
  const say = async (): Promise<void> => {
    told.value = 'telling'
    told.value = (await tell()) ? 'told' : 'untold'
  }
  useEffect(() => void say(), [])
  // The page has a catalog of its own, and follows a change of language by itself.
  useEffect(() => void load().catch(() => undefined), [language.value])
  const name = letter.from
  return (
    <>
      <p class="practice-banner" role="note">
        <b>{p('banner')}</b>
        {p('banner.more', { name })}
      </p>
      {warning !== null && (
        <p class="wrong" role="status">
          {warning}
        </p>
      )}
      <Heading>{p('title')}</Heading>
      <p>{p(`by.${tested}`)}</p>
      <p role="status">{p(told.value, { name })}</p>
      {told.value === 'untold' && (
        <button type="button" class="btn" onClick={say}>
          {p('untold.again')}
        </button>
      )}
      <p class="soft">{p('done')}</p>
    </>
  )
}
