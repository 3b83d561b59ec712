import { stretchCode, stretchWord } from '../../crypto/stretch.ts'

/** Off the main thread: a second or two of Argon2id, nine where there is no JIT. */
export type StretchWordJob = { word: string; secret: Uint8Array; vault: Uint8Array; letter: Uint8Array }
/** A card's code, which has nothing beside it. */
export type StretchJob = StretchWordJob | { code: string }
export type StretchNews = { done: number } | { stretched: Uint8Array }

globalThis.addEventListener('message', ({ data }: MessageEvent<StretchJob>) => {
  const tell = (news: StretchNews) => globalThis.postMessage(news)
  let told = 0
  const onProgress = (done: number): void => {
    if (done - told < 0.02) return
    told = done
    tell({ done })
  }
  const stretched =
    'code' in data
      ? stretchCode(data.code, onProgress)
      : stretchWord(data.word, data.secret, data.vault, data.letter, onProgress)
  tell({ stretched })
})
