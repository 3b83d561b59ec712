import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

/** Process groups that were started here and have not ended; each id is that of the group's first process. */
const groups = new Set<number>()

/** Ends a whole group at once. A group that has ended already is no fault. */
export const killGroup = (id: number, signal: NodeJS.Signals = 'SIGKILL'): void => {
  try {
    process.kill(-id, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

process.on('exit', () => {
  for (const id of groups) killGroup(id)
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Only who has no handler of its own ends here; `exit` above then takes the groups along.
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(1)
  })
}

/**
 * Starts a process in a group of its own, which ends with this process at the latest: killing only the parent of a tool
 * would leave its workerd running.
 */
export const spawnGroup = (command: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
  const child = spawn(command, args, { ...options, detached: true })
  const id = child.pid
  if (id !== undefined) {
    groups.add(id)
    child.once('exit', () => {
      killGroup(id)
      groups.delete(id)
    })
  }
  return child
}

const COLOUR = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }

export type Ran = {
  /** Exit code; null if it was killed or could not be started. */
  code: number | null
  /** What it wrote, both streams in order of arrival. */
  output: string
  timedOut: boolean
}

export type RunOptions = {
  env?: Record<string, string>
  cwd?: string
  /** Writes the output through while it comes. */
  show?: boolean
  /** The group is killed after this time. */
  timeoutMs?: number
}

/** Runs a program to its end, without standard input. Never throws. */
export const run = (command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  new Promise((resolve) => {
    let output = ''
    let timedOut = false
    const child = spawnGroup(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Tools write to a pipe here; who reads it is a terminal or a log.
      env: { ...process.env, ...COLOUR, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            if (child.pid !== undefined) killGroup(child.pid)
          }, options.timeoutMs)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (options.show === true) process.stdout.write(text)
      })
    }
    child.once('error', (error) => {
      clearTimeout(timer)
      resolve({ code: null, output: `${output}${error.message}\n`, timedOut })
    })
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ code, output, timedOut })
    })
  })
