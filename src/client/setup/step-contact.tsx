import { useSignal } from '@preact/signals'
import { contactNameProblem, optionalEmailProblem } from '../contacts/checks.ts'
import { ContactFields } from '../contacts/contact-fields.tsx'
import type { SetupDraft } from '../device/draft.ts'
import { templateIn } from '../text/letter-templates.ts'
import { s } from '../text/setup-text.ts'
import { change, toStep } from './draft-state.ts'
import { StepEnd } from './steps.tsx'

export const StepContact = ({ draft }: { draft: SetupDraft }) => {
  const checked = useSignal(false)
  const next = async (): Promise<void> => {
    checked.value = true
    if (contactNameProblem(draft.contactName) !== null || optionalEmailProblem(draft.email) !== null) return
    // A letter that nobody has touched yet follows the language of who will read it.
    const other = draft.language === 'en' ? 'es' : 'en'
    if (draft.text === (await templateIn(other, 'short')))
      change({ text: await templateIn(draft.language, 'short') })
    toStep(3)
  }
  return (
    <>
      <p class="soft">{s('step.2.body')}</p>
      <ContactFields
        name={draft.contactName}
        email={draft.email}
        language={draft.language}
        checked={checked.value}
        onChange={({ name, email, language }) =>
          change({
            ...(name !== undefined && { contactName: name }),
            ...(email !== undefined && { email }),
            ...(language !== undefined && { language }),
          })
        }
      />
      <p class="light amber">
        <span class="dot" />
        <span>{s('step.2.nothing')}</span>
      </p>
      <StepEnd onNext={next} />
    </>
  )
}
