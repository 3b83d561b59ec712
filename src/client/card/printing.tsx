import { useSignal } from '@preact/signals'
import { unwritable } from '../print/helvetica.ts'
import { PAPER } from '../print/pdf.ts'
import { savePdf } from '../print/save-pdf.ts'
import { c } from '../text/card-text.ts'
import { language } from '../text/language.ts'
import { cardSheets, cardsOn, type Paper, type Sheet } from './card-pdf.ts'
import { allWords, type CardWords } from './card-words.ts'

/** How a card gets onto paper: a PDF, or the browser's own printing. */
export type Ready = { words: CardWords; link: string; code: string }

const saveCards = async ({ words, link, code }: Ready, paper: Paper, sheet: Sheet): Promise<void> => {
  const { encode } = await import('uqr')
  const qr = encode(link, { ecc: 'M', border: 4 }).data
  savePdf(cardSheets(PAPER[paper], sheet, { words, qr, code }, language.value), c('pdf.name'))
}

type ChoiceProps<T extends string> = {
  name: 'paper' | 'sheet'
  options: readonly { value: T; label: string; more?: string }[]
  chosen: T
  onChoose: (value: T) => void
}
const Choice = <T extends string>({ name, options, chosen, onChoose }: ChoiceProps<T>) => (
  <fieldset class="choices">
    <legend>{c(name)}</legend>
    {options.map(({ value, label, more }) => (
      <label class="choice" key={value}>
        <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
        <span>
          <b>{label}</b>
          {more !== undefined && (
            <>
              <br />
              <span class="small">{more}</span>
            </>
          )}
        </span>
      </label>
    ))}
  </fieldset>
)

export const Printing = ({ ready }: { ready: Ready }) => {
  const paper = useSignal<Paper>('letter')
  const sheet = useSignal<Sheet>('fold')
  const failed = useSignal(false)
  const canWrite = unwritable(allWords(ready.words).replaceAll('\n', ' ')).length === 0
  const count = (one: Sheet) => cardsOn(PAPER[paper.value], one)
  const save = async (): Promise<void> => {
    failed.value = false
    await saveCards(ready, paper.value, sheet.value).catch(() => {
      failed.value = true
    })
  }
  return (
    <>
      {canWrite ? (
        <>
          <Choice
            name="sheet"
            chosen={sheet.value}
            onChoose={(value) => (sheet.value = value)}
            options={(['fold', 'sides'] as const).map((value) => ({
              value,
              label: c(`sheet.${value}`),
              more: c(`sheet.${value}.more`, { count: count(value) }),
            }))}
          />
          <Choice
            name="paper"
            chosen={paper.value}
            onChoose={(value) => (paper.value = value)}
            options={(['letter', 'a4'] as const).map((value) => ({ value, label: c(`paper.${value}`) }))}
          />
          {failed.value && (
            <p class="wrong" role="alert">
              {c('pdf.failed')}
            </p>
          )}
          <button type="button" class="btn prime" onClick={save}>
            {c('pdf')}
          </button>
          <p class="soft small">{c('pdf.size')}</p>
        </>
      ) : (
        <p class="light amber">{c('pdf.cannot')}</p>
      )}
      <button type="button" class="btn" onClick={() => globalThis.print()}>
        {c('print')}
      </button>
      <p class="soft">{c('try')}</p>
    </>
  )
}
