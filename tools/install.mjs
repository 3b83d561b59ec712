// Installs what package-lock.json names, if it is not what lies in node_modules. Runs before anything is installed, so:
// no dependencies, and nothing that Node 20 does not know. Needs the network only when something is to be installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const NODE_MIN_MAJOR = 20

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return undefined
  }
}

/** npm writes node_modules/.package-lock.json last, so an install that was cut off is not taken for a whole one. */
const isInstalled = () => {
  const wanted = packagesOf('package-lock.json')
  const present = packagesOf('node_modules/.package-lock.json')
  if (wanted === undefined || present === undefined) return false
  const isSame = ([path, entry]) => {
    const there = present[path]
    // Builds for other systems are optional, and rightly missing.
    if (there === undefined) return entry.optional === true || entry.devOptional === true
    return there.version === entry.version && there.integrity === entry.integrity
  }
  return (
    Object.entries(wanted)
      .filter(([path]) => path !== '')
      .every(isSame) && Object.keys(present).every((path) => wanted[path] !== undefined)
  )
}

/** The Node that the tools run on comes as a package, by that package's install script. */
const hasNode = () =>
  existsSync(join(root, 'node_modules/node/bin/node')) ||
  existsSync(join(root, 'node_modules/node/bin/node.exe'))

const fail = (message) => {
  console.error(message)
  process.exit(1)
}

if (Number(process.versions.node.split('.')[0]) < NODE_MIN_MAJOR) {
  fail(`Amparo needs Node ${NODE_MIN_MAJOR} or newer; this is ${process.version}.`)
}
if (!isInstalled() || !hasNode()) {
  console.log('Installing what package-lock.json names (once; about a minute) …')
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { status, error } =
    npm === undefined
      ? spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    fail(
      `npm ci failed${error === undefined ? '' : ` (${error.message})`}. The first install needs the network.`,
    )
  }
  if (!hasNode()) {
    fail("The package `node` did not run its install script. Is `ignore-scripts` set in npm's configuration?")
  }
}
