import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { readWhere, writeWhere } from '../device/where.ts'
import { s } from '../text/setup-text.ts'
import { wh } from '../text/where-text.ts'
import { BackTop } from '../ui/back-top.tsx'
import { Heading } from '../ui/page.tsx'
import { locate } from './locate.ts'

type Told = 'asks' | 'ready' | 'choice.denied' | 'none'

/** Whether a press is followed by where it was. The phone's own question is answered here, and not on the day. */
export const WhereChoice = () => {
  const wanted = useSignal<boolean | null>(null)
  const told = useSignal<Told | null>(null)
  const failed = useSignal(false)
  useEffect(() => {
    readWhere().then(
      (is) => {
        wanted.value = is
      },
      () => {
        failed.value = true
      },
    )
  }, [])
  const choose = async (next: boolean): Promise<void> => {
    failed.value = false
    told.value = next ? 'asks' : null
    wanted.value = next
    try {
      const { kind } = next ? await locate() : { kind: 'here' }
      const isAllowed = kind === 'here' || kind === 'unfound'
      await writeWhere(next && isAllowed)
      wanted.value = next && isAllowed
      if (next) told.value = isAllowed ? 'ready' : kind === 'none' ? 'none' : 'choice.denied'
    } catch {
      wanted.value = !next
      failed.value = true
    }
  }
  return (
    <>
      <BackTop to="more" />
      <main>
        <Heading>{wh('title')}</Heading>
        <p>{wh('body')}</p>
        <p>{wh('off')}</p>
        <p class="light amber">
          <span class="dot" />
          <span>{wh('who')}</span>
        </p>
        {wanted.value !== null && (
          <label class="choice">
            <input
              type="checkbox"
              checked={wanted.value}
              disabled={told.value === 'asks'}
              onChange={(event) => void choose(event.currentTarget.checked)}
            />
            <span>{wh('choice')}</span>
          </label>
        )}
        <div aria-live="polite">{told.value !== null && <p>{wh(told.value)}</p>}</div>
        {failed.value && (
          <p class="wrong" role="alert">
            {s('trouble.phone')}
          </p>
        )}
      </main>
    </>
  )
}
