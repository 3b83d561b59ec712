import type { Language } from '../../protocol/fields.ts'
import { AnswerForm } from './answer-form.tsx'
import { CodeForm } from './code-form.tsx'
import type { Standing } from './standing.ts'

/** What is filled in by who says yes, in a chunk of its own: the invitation does not wait for it. */
type Props = { view: 'form' | 'code'; standing: Standing; onLanguage: (language: Language) => void }

export const Answer = ({ view, standing, onLanguage }: Props) =>
  view === 'form' ? (
    <AnswerForm standing={standing} onLanguage={onLanguage} />
  ) : (
    <CodeForm standing={standing} />
  )
