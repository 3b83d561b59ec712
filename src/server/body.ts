import type * as z from 'zod/mini'
import { Refused, refuse } from './refusal.ts'

const JSON_TYPE = /^application\/json(?:\s*;\s*charset=utf-8)?$/i

/**
 * Reads at most `max` bytes; the limit holds whatever `content-length` claims.
 * @throws Refused `too-large`, or `malformed` without a body
 */
export const readBytes = async (request: Request, max: number): Promise<Uint8Array> => {
  const claimed = request.headers.get('content-length')
  if (claimed !== null && Number(claimed) > max) throw new Refused(refuse('too-large'))
  if (request.body === null) throw new Refused(refuse('malformed'))
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > max) {
      await reader.cancel().catch(() => undefined)
      throw new Refused(refuse('too-large'))
    }
    chunks.push(value)
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw new Refused(refuse('malformed'))
  }
}

/**
 * The body of a request, as JSON of exactly `schema` (`protocol.md §2, §7`).
 * @param max bytes
 * @throws Refused `malformed` or `too-large`
 */
export const readBody = async <T>(request: Request, schema: z.ZodMiniType<T>, max: number): Promise<T> => {
  if (!JSON_TYPE.test(request.headers.get('content-type')?.trim() ?? ''))
    throw new Refused(refuse('malformed'))
  const parsed = schema.safeParse(parse(await readBytes(request, max)))
  if (!parsed.success) throw new Refused(refuse('malformed'))
  return parsed.data
}
