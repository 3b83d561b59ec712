import { stretchWord } from '../../crypto/stretch.ts'

/** Off the main thread: a second or two of Argon2id, nine where there is no JIT. */
export type StretchJob = { word: string; secret: Uint8Array; vault: Uint8Array; letter: Uint8Array }
export type StretchNews = { done: number } | { stretched: Uint8Array }

globalThis.addEventListener('message', ({ data }: MessageEvent<StretchJob>) => {
  const tell = (news: StretchNews) => globalThis.postMessage(news)
  let told = 0
  const stretched = stretchWord(data.word, data.secret, data.vault, data.letter, (done) => {
    if (done - told < 0.02) return
    told = done
    tell({ done })
  })
  tell({ stretched })
})
