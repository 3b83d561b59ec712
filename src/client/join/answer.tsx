import type { Language } from '../../protocol/fields.ts'
import { AnswerForm } from './answer-form.tsx'
import { CodeForm } from './code-form.tsx'
import { Leave } from './leave.tsx'
import type { Standing } from './standing.ts'

export { PushCheck } from './push-check.tsx'

/** What comes of saying yes or no, in a chunk of its own: the invitation does not wait for it. */
type Props = { view: 'form' | 'code' | 'leave'; standing: Standing; onLanguage: (language: Language) => void }

export const Answer = ({ view, standing, onLanguage }: Props) => {
  switch (view) {
    case 'form':
      return <AnswerForm standing={standing} onLanguage={onLanguage} />
    case 'code':
      return <CodeForm standing={standing} />
    case 'leave':
      return <Leave standing={standing} />
  }
}
