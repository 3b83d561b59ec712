import type { StretchJob, StretchNews } from './stretch-worker.ts'

/** Runs Argon2id in a worker; on the page itself only where a worker cannot be had. */
export const stretch = async (job: StretchJob, onProgress: (done: number) => void): Promise<Uint8Array> => {
  let worker: Worker
  try {
    worker = new Worker(new URL('./stretch-worker.ts', import.meta.url), { type: 'module' })
  } catch {
    return onPage(job, onProgress)
  }
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<StretchNews>) => {
        if ('stretched' in data) resolve(data.stretched)
        else onProgress(data.done)
      }
      worker.onerror = () => reject(new Error('the worker failed'))
      worker.postMessage(job)
    })
  } catch {
    return await onPage(job, onProgress)
  } finally {
    worker.terminate()
  }
}

const onPage = async (job: StretchJob, onProgress: (done: number) => void): Promise<Uint8Array> => {
  const { stretchCode, stretchWord } = await import('../../crypto/stretch.ts')
  if ('code' in job) return stretchCode(job.code, onProgress)
  return stretchWord(job.word, job.secret, job.vault, job.letter, onProgress)
}
