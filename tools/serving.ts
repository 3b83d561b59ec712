/** What is served, and how: the one argument of serve.ts. */
export type Serving = {
  port: number
  /** Folder in which KV and Durable Objects keep their data. */
  persistTo: string
  /** The Worker's variables and secrets. */
  settings: Record<string, string>
  /** Folders of the pages and of the Worker's bundle, absolute. */
  dist: string
  bundle: string
}

/** The line that serve.ts writes when it answers requests. */
export const READY = 'amparo: ready'
