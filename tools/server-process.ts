import { join } from 'node:path'
import { killGroup, spawnGroup } from './run.ts'
import { READY, type Serving } from './serving.ts'

/** Time that a server has to end by itself before its group is killed. */
const STOP_MS = 5_000

export type ServerProcess = {
  /** Id of the process and of its group, to which workerd belongs too. */
  pid: number
  /** Both streams since the start. */
  output(): string
  exited: Promise<void>
  /** Lets it end properly. Safe to call twice. */
  stop(): Promise<void>
  /** SIGKILL to the whole group, as when the power goes. */
  kill(): Promise<void>
}

/**
 * Starts serve.ts in a process group of its own. Ends with this process, however this process ends.
 * @throws Error with what the server said, if it ends before it is ready
 */
export const startServerProcess = async (serving: Serving): Promise<ServerProcess> => {
  const child = spawnGroup(
    process.execPath,
    [join(import.meta.dirname, 'serve.ts'), JSON.stringify(serving)],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  const { pid } = child
  if (pid === undefined) throw new Error('The server could not be started.')
  let output = ''
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (output.includes(READY)) resolve()
      })
    }
  })
  // Writing to a server that was killed is no fault.
  child.stdin?.on('error', () => {})
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) killGroup(pid)
    await exited
  }
  const stop = async () => {
    child.stdin?.end()
    const timer = setTimeout(() => killGroup(pid), STOP_MS)
    await exited
    clearTimeout(timer)
  }
  const isReady = await Promise.race([ready.then(() => true), exited.then(() => false)])
  if (!isReady) throw new Error(`The server ended before it was ready:\n${output}`)
  return { pid, output: () => output, exited, stop, kill }
}
