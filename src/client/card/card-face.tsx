import { Qr } from '../invite/qr.tsx'
import { c } from '../text/card-text.ts'
import type { CardWords } from './card-words.ts'
import './card.css'

/** One card as it looks, on the screen and on paper that the browser prints. Always black on white. */
type Props = { words: CardWords; link: string; code: string }

export const CardFront = ({ words: { officer, statements, mine } }: Pick<Props, 'words'>) => (
  <div class="face">
    <div lang="en">
      <b>{officer}</b>
      {statements.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </div>
    <p class="mine" lang={mine.language}>
      {mine.text}
    </p>
  </div>
)

export const CardBack = ({ words: { taken, type }, link, code }: Props) => (
  <div class="face back">
    <div class="scan">
      <Qr text={link} label={c('qr')} />
      <div>
        {taken.map(({ language, text }) => (
          <p key={language} lang={language}>
            {text}
          </p>
        ))}
      </div>
    </div>
    <div>
      {type.map(({ language, text }) => (
        <p key={language} lang={language}>
          {text}
        </p>
      ))}
    </div>
    <b class="code">{code}</b>
  </div>
)
