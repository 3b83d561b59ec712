import type { BrowserContext, Request } from 'playwright-core'

/** One request as it left the browser, whether or not it arrived. */
export type Recorded = { method: string; url: string; headers: Record<string, string>; body: Buffer | null }

export type Recording = {
  /** All requests of the context so far, those of its service workers too. */
  requests(): Promise<Recorded[]>
  /** Those in which `needle` stands, in any of the spellings of `spellingsOf`. */
  containing(needle: string | Uint8Array): Promise<Recorded[]>
}

const base64s = (bytes: Uint8Array): string[] => {
  // Within a longer text, base64 of the same bytes has three forms, by where they begin; the edges depend on the neighbours.
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url')
    const end = Math.floor(((shift + bytes.length) * 8) / 6)
    return text.slice(Math.ceil((shift * 8) / 6), end)
  })
  return shifted.flatMap((text) => [text, text.replaceAll('-', '+').replaceAll('_', '/')])
}

/** Shorter needles would be found by chance in what is sealed. */
const NEEDLE_MIN_BYTES = 6

/** Ways in which a secret may be written: as text (as it is, in JSON, in an address), and as code (hex, base64 at any offset). */
export const spellingsOf = (needle: string | Uint8Array): { text: string[]; code: string[] } => {
  const bytes = typeof needle === 'string' ? new TextEncoder().encode(needle) : needle
  if (bytes.length < NEEDLE_MIN_BYTES) throw new RangeError(`a needle has at least ${NEEDLE_MIN_BYTES} bytes`)
  const code = [Buffer.from(bytes).toString('hex'), ...base64s(bytes)]
  if (typeof needle !== 'string') return { text: [], code }
  const encoded = encodeURIComponent(needle)
  return {
    text: [needle, JSON.stringify(needle).slice(1, -1), encoded, encoded.replaceAll('%20', '+')],
    code,
  }
}

/** Does `needle` stand in `haystack`, in any spelling? Upper and lower case are the same in text, so that a normalised word is found. */
export const standsIn = (needle: string | Uint8Array, haystack: string): boolean => {
  const { text, code } = spellingsOf(needle)
  const lower = haystack.toLowerCase()
  return text.some((one) => lower.includes(one.toLowerCase())) || code.some((one) => haystack.includes(one))
}

const asText = ({ method, url, headers, body }: Recorded): string =>
  [
    `${method} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    body ?? '',
  ].join('\n')

/** Records from now on. The bodies are kept whole, in memory. */
export const record = (context: BrowserContext): Recording => {
  const seen: Promise<Recorded>[] = []
  context.on('request', (request: Request) => {
    const known = { method: request.method(), url: request.url(), body: request.postDataBuffer() }
    // A page that closes takes its full headers along; the provisional ones are there at once.
    const headers = request.allHeaders().catch(() => request.headers())
    seen.push(headers.then((all) => ({ ...known, headers: all })))
  })
  const requests = () => Promise.all(seen)
  return {
    requests,
    containing: async (needle) => (await requests()).filter((one) => standsIn(needle, asText(one))),
  }
}
