import { namesIn, spellingsOf } from '../../../next-steps/locator.ts'
import { s } from '../../../text/steps-text.ts'
import { CopyButton } from './facts.tsx'

const Field = ({ title, words }: { title: string; words: readonly string[] }) => (
  <div class="facts-of">
    <b class="small">{title}</b>
    <ul>
      {words.map((word) => (
        <li key={word}>
          <bdi>{word}</bdi>
          <CopyButton text={word} label={word} />
        </li>
      ))}
    </ul>
  </div>
)

/** What to type into the locator's two fields, one after the other. `fromLetter`: the name is the one that the letter is signed with. */
export const SpellingList = ({
  legal,
  others,
  fromLetter,
}: {
  legal: string
  others: string | null
  fromLetter: boolean
}) => {
  const { first, last } = spellingsOf([legal, ...namesIn(others ?? '')])
  if (last.length === 0) return <p>{s('spellings.short')}</p>
  return (
    <>
      {fromLetter && <p class="small">{s('spellings.letter')}</p>}
      <Field title={s('spellings.last')} words={last} />
      <Field title={s('spellings.first')} words={first} />
      <p class="small">{s('spellings.swap')}</p>
    </>
  )
}
