import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { CheckInSummary } from '../../protocol/check-in.ts'
import type { ErrorCode } from '../../protocol/codes.ts'
import { go } from '../ui/route.ts'
import { credentialsOf, openVault } from '../vault/session.ts'
import { tellNews } from './look.ts'
import { sayOf, serviceNow, type Word } from './service.ts'

/**
 * A word of the owner about a check-in. It counts as said only when the service has answered; until then it is said again and again, and once
 * the time is over without an answer, that is said too.
 */
const AGAIN_MS = 5_000

/** `waiting`: nobody has answered yet. `late`: nobody has, and the time is over. `pressed`: it had pressed before the word came. */
export type Telling =
  | { state: 'quiet' }
  | { state: 'sending' | 'waiting' | 'late' | 'pressed'; word: Word }
  | { state: 'refused'; word: Word; code: ErrorCode | null }

const ownerOf = async (): Promise<{ vault: string; token: string } | 'locked' | null> => {
  const opened = await openVault()
  if (opened.ok) return credentialsOf(opened.value.root)
  return (opened.trouble as string) === 'locked' ? 'locked' : null
}

export const useTelling = (one: CheckInSummary): { telling: Telling; say: (word: Word) => void } => {
  const telling = useSignal<Telling>({ state: 'quiet' })

  const send = async (word: Word, isFirst: boolean): Promise<void> => {
    telling.value = isFirst ? { state: 'sending', word } : telling.value
    const owner = await ownerOf().catch(() => null)
    if (owner === 'locked') {
      telling.value = { state: 'quiet' }
      go('check-ins/open')
      return
    }
    if (owner === null) {
      telling.value = { state: 'refused', word, code: null }
      return
    }
    const reply = await sayOf(word, one, owner)
    if (reply.kind === 'answer') {
      const hasPressed = reply.answer.checkIn?.state === 'pressed' && one.state === 'armed'
      telling.value = hasPressed ? { state: 'pressed', word } : { state: 'quiet' }
      tellNews()
    } else if (reply.kind === 'refusal' && reply.refusal.error !== 'try-again') {
      telling.value = { state: 'refused', word, code: reply.refusal.error }
    } else telling.value = { state: serviceNow() < one.pressAt ? 'waiting' : 'late', word }
  }

  const { state } = telling.value
  const isWaiting = state === 'waiting' || state === 'late'
  useEffect(() => {
    if (!isWaiting || !('word' in telling.value)) return undefined
    const { word } = telling.value
    let isUnderWay = false
    const again = (): void => {
      if (isUnderWay) return
      isUnderWay = true
      void send(word, false).finally(() => {
        isUnderWay = false
      })
    }
    const timer = setInterval(again, AGAIN_MS)
    globalThis.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      globalThis.removeEventListener('online', again)
    }
  }, [isWaiting])
  return { telling: telling.value, say: (word) => void send(word, true) }
}
