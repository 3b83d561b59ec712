import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { HostAnswer } from '../../src/protocol/host.ts'
import { ROUTES } from '../../src/protocol/routes.ts'
import { freePort, isFree } from '../../tools/port.ts'
import { run, spawnGroup } from '../../tools/run.ts'
import { DIST_DIR, ROOT } from '../../tools/wrangler.ts'

const START = join(ROOT, 'tools/start.ts')
/** It builds first. */
const READY_MS = 300_000

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

/** `npm start` on a port of its own, up to the line that names the outbox. */
const start = async (port: number) => {
  const child = spawnGroup(process.execPath, [START], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, AMPARO_PORT: String(port) },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  cleanUp.push(() => {
    child.kill('SIGKILL')
    return exited
  })
  for (const kept of [`served-${port}`, `state-${port}`]) {
    cleanUp.unshift(() => rm(join(ROOT, '.amparo', kept), { recursive: true, force: true }))
  }
  await expect.poll(() => output, { timeout: READY_MS }).toMatch(/outbox:.*\/outbox|failed|could not/)
  return { child, exited, output: () => output, origin: `http://localhost:${port}` }
}

/** All processes below `pid`, in whatever group. */
const descendants = (pid: number): number[] => {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] =>
    rows.flatMap(([child, of]) => (of === parent && child !== undefined ? [child, ...below(child)] : []))
  return below(pid)
}
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
/** A process that has ended and that nobody has waited for is not running. */
const isRunning = async (pid: number): Promise<boolean> =>
  isAlive(pid) && !/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''))
const running = async (pids: readonly number[]): Promise<number[]> => {
  const states = await Promise.all(pids.map(isRunning))
  return pids.filter((_, index) => states[index])
}

test('a taken port is said before anything is built, on either side of localhost', async () => {
  await mkdir(DIST_DIR, { recursive: true })
  const sentinel = join(DIST_DIR, 'of-the-first-start')
  await writeFile(sentinel, '')
  cleanUp.push(() => rm(sentinel, { force: true }))
  for (const host of ['127.0.0.1', '::1']) {
    const port = await freePort()
    const other = createServer()
    const listens = await new Promise<boolean>((resolve) => {
      other.once('error', () => resolve(false))
      other.listen({ host, port }, () => resolve(true))
    })
    if (host === '::1' && !listens) continue
    const { code, output } = await run(process.execPath, [START], { env: { AMPARO_PORT: String(port) } })
    other.close()
    expect(code).toBe(1)
    expect(output).toContain(`Port ${port} is taken`)
    expect(output).not.toContain('Building')
    await expect(readFile(sentinel, 'utf8')).resolves.toBe('')
  }
})

test('a port that is no port is refused', async () => {
  const { code, output } = await run(process.execPath, [START], { env: { AMPARO_PORT: '80x' } })
  expect(code).toBe(1)
  expect(output).toContain('AMPARO_PORT')
})

test('app, outbox and API answer; a second start takes nothing away; SIGTERM ends every process', async () => {
  const port = await freePort()
  const first = await start(port)
  expect(first.output()).toContain(`The app:     ${first.origin}`)

  const page = async () => {
    const response = await fetch(`${first.origin}/`)
    expect(response.status).toBe(200)
    const script = (await response.text()).match(/<script[^>]* src="([^"]+)"/)?.[1]
    expect((await fetch(first.origin + script)).headers.get('content-type')).toContain('javascript')
  }
  await page()
  // Tests run with another NODE_ENV than people do; what is kept for when there is no line must not depend on it.
  expect(await (await fetch(`${first.origin}/sw.js`)).text()).toContain('index.html')
  expect((await fetch(`${first.origin}/outbox`)).status).toBe(200)
  const answer = HostAnswer.parse(await (await fetch(first.origin + ROUTES.host)).json())
  expect(answer).toMatchObject({ ready: true, channels: ['outbox'] })

  const second = await run(process.execPath, [START], { env: { AMPARO_PORT: String(port) } })
  expect(second.code).toBe(1)
  await page()

  const processes = descendants(first.child.pid!)
  expect(processes.length).toBeGreaterThanOrEqual(2)
  first.child.kill('SIGTERM')
  expect(await first.exited).toBe(0)
  await expect.poll(() => running(processes), { timeout: 60_000 }).toEqual([])
  expect(await isFree(port)).toBe(true)
})

test('killed without warning, it leaves no server behind', async () => {
  const { child } = await start(await freePort())
  const processes = descendants(child.pid!)
  expect(processes.length).toBeGreaterThanOrEqual(2)
  child.kill('SIGKILL')
  await expect.poll(() => running(processes), { timeout: 60_000 }).toEqual([])
})
