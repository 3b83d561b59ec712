import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ResendRules } from './resend-rules.ts'

/** The double of Resend as a server on loopback. */
export class ResendDouble extends ResendRules {
  /**
   * Serves until `close`.
   * @returns the base URL, for RESEND_BASE_URL
   */
  async listen(): Promise<{ url: string; close: () => Promise<void> }> {
    const server = createServer(async (incoming, outgoing) => {
      const chunks: Uint8Array[] = []
      try {
        for await (const chunk of incoming) chunks.push(chunk)
      } catch {
        // Who asked is gone, in the middle of it: nothing has arrived.
        return
      }
      const { method = 'GET', url = '/', headers } = incoming
      const init: RequestInit = { method, headers: headers as Record<string, string> }
      if (method === 'POST') init.body = Buffer.concat(chunks)
      const answer = await this.answer(new Request(`http://double${url}`, init))
      if (answer === 'hanging') return
      if (answer === 'dropped') {
        incoming.socket.destroy()
        return
      }
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
      outgoing.end(await answer.text())
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
