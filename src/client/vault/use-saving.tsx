import { useSignal } from '@preact/signals'
import { s } from '../text/setup-text.ts'
import { Working } from '../ui/working.tsx'
import { type Change, changeVault } from './change.ts'
import type { Outcome } from './session.ts'
import { troubleText } from './trouble.ts'

type Work<T> = (onProgress: (done: number) => void) => Promise<Outcome<T>>

export type Saving = {
  isBusy: boolean
  /** 0 to 1, null while nothing is under way. */
  done: number | null
  trouble: string | null
  say(trouble: string | null): void
  /** Never throws. Null where the phone itself failed. */
  run<T>(work: Work<T>): Promise<Outcome<T> | null>
  /** @returns whether the vault was changed */
  save(change: Change): Promise<boolean>
}

/** Something that takes a moment and may fail: one at a time, how far it is, and why it did not work. */
export const useSaving = (): Saving => {
  const done = useSignal<number | null>(null)
  const trouble = useSignal<string | null>(null)
  const run = async <T,>(work: Work<T>): Promise<Outcome<T> | null> => {
    if (done.value !== null) return null
    done.value = 0
    trouble.value = null
    try {
      const outcome = await work((part) => {
        done.value = part
      })
      if (!outcome.ok) trouble.value = troubleText(outcome)
      return outcome
    } catch {
      trouble.value = s('trouble.phone')
      return null
    } finally {
      done.value = null
    }
  }
  return {
    isBusy: done.value !== null,
    done: done.value,
    trouble: trouble.value,
    say: (text) => {
      trouble.value = text
    },
    run,
    save: async (change) => (await run((onProgress) => changeVault(change, onProgress)))?.ok ?? false,
  }
}

/** What there is to say of it. */
export const SavingNews = ({ saving }: { saving: Saving }) => (
  <>
    {saving.trouble !== null && (
      <p class="wrong" role="alert">
        {saving.trouble}
      </p>
    )}
    {saving.done !== null && <Working label={s('sealing')} done={saving.done} />}
  </>
)
