import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One token as it was asked about. */
export type Asked = { secret: string; response: string; idempotency_key: string }

/**
 * Answers `POST /siteverify` as Cloudflare documents it: a token is good once; the same request again, under the same key, is told
 * the same. Good are tokens that begin with `good`.
 */
export class TurnstileDouble {
  readonly secret = 'double'
  /** Of each request, in their order. */
  readonly asked: Asked[] = []

  #answer(request: Asked): { success: boolean; 'error-codes': string[] } {
    const before = this.asked.find(({ response }) => response === request.response)
    this.asked.push(request)
    const no = (error: string) => ({ success: false, 'error-codes': [error] })
    if (request.secret !== this.secret) return no('invalid-input-secret')
    if (!request.response.startsWith('good')) return no('invalid-input-response')
    return before === undefined || before.idempotency_key === request.idempotency_key
      ? { success: true, 'error-codes': [] }
      : no('timeout-or-duplicate')
  }

  /**
   * Serves on loopback until `close`.
   * @returns the base URL, for TURNSTILE_BASE_URL
   */
  async listen(): Promise<{ url: string; close: () => Promise<void> }> {
    const server = createServer(async (incoming, outgoing) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of incoming) chunks.push(chunk)
      const isKnown = incoming.method === 'POST' && incoming.url === '/siteverify'
      outgoing.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' })
      outgoing.end(
        isKnown ? JSON.stringify(this.#answer(JSON.parse(Buffer.concat(chunks).toString()))) : '{}',
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: () =>
        new Promise((resolve) => {
          server.closeAllConnections()
          server.close(() => resolve())
        }),
    }
  }
}
