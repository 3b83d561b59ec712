import { signal } from '@preact/signals'
import { FALLBACK_HOTLINE } from '../../content/hotline.ts'
import { readSetupDraft, type SetupDraft, writeSetupDraft } from '../device/draft.ts'
import { checkRoom } from '../device/forget.ts'
import { canKeep } from '../device/phone.ts'
import { language } from '../text/language.ts'
import { templateIn } from '../text/letter-templates.ts'
import { newId, newKey, newSecret } from '../vault/random.ts'

/** The set-up under way on this page, each key stroke of it kept on the phone. */
export const draft = signal<SetupDraft | null>(null)
/** False: the phone did not take the draft, so that this page must stay open. */
export const safe = signal(true)

const fresh = async (): Promise<SetupDraft> => ({
  v: 1,
  root: newSecret(),
  presser: newId(),
  pressSecret: newKey(),
  situation: newKey(),
  contact: newId(),
  stop: newSecret(),
  contactSecret: newSecret(),
  letter: newId(),
  letterSecret: newSecret(),
  step: 0,
  name: '',
  state: '',
  hotline: FALLBACK_HOTLINE,
  contactName: '',
  email: '',
  language: language.value,
  text: await templateIn(language.value, 'short'),
  word: '',
  hint: '',
  code: '',
})

/** False: this browser keeps nothing at all, or does not let go of what it was to forget. */
export const lasting = signal(true)

export const beginDraft = async (): Promise<void> => {
  const hasRoom = checkRoom().then(
    () => true,
    () => false,
  )
  lasting.value = (await canKeep()) && (await hasRoom)
  draft.value = (await readSetupDraft()) ?? (await fresh())
}

/** Every key stroke is kept: a page may be thrown away at any time. */
export const change = (values: Partial<SetupDraft>): void => {
  if (draft.value === null) return
  const next = { ...draft.value, ...values }
  draft.value = next
  void writeSetupDraft(next).then((kept) => {
    safe.value = kept
  })
}

/** Steps are places in the history, so that the phone's own "back" goes one step back. */
export const toStep = (step: number): void => {
  change({ step })
  globalThis.history.pushState({ step }, '')
  globalThis.scrollTo(0, 0)
}

export const back = (): void => {
  if (draft.value !== null && draft.value.step > 0) change({ step: draft.value.step - 1 })
  globalThis.scrollTo(0, 0)
}
