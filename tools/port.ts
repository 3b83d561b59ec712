import { createServer } from 'node:net'

const canListen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has nobody on that side of `localhost` either.
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
    })
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)))
  })

/** Is nobody listening there, neither on the IPv4 nor on the IPv6 side of `localhost`? */
export const isFree = async (port: number): Promise<boolean> =>
  (await canListen('127.0.0.1', port)) && (await canListen('::1', port))

/** A port that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = probe.address()
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'))
        else resolve(address.port)
      })
    })
  })
