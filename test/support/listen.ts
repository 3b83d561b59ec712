import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Serves a double's rules on loopback, until `close`.
 * @param answer null: the connection is dropped without one
 */
export const listen = async (
  answer: (request: Request) => Promise<Response | null>,
): Promise<{ url: string; close: () => Promise<void> }> => {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = 'GET', url = '/', headers } = incoming
    const init: RequestInit = { method, headers: headers as Record<string, string> }
    if (method === 'POST') init.body = Buffer.concat(chunks)
    const response = await answer(new Request(`http://double${url}`, init))
    if (response === null) {
      incoming.socket.destroy()
      return
    }
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(await response.text())
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
