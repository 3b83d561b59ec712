import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import preact from '@preact/preset-vite'
import { serwist } from '@serwist/vite'
import { defineConfig, type Manifest, type Plugin } from 'vite'
import { contentOverlay } from './tools/overlay.ts'

// Vite keeps what the shell says here; with anything else than this the service worker would keep no file of the app.
process.env.NODE_ENV = 'production'

/** Old phones are in use for long: iOS 15 and what is about as old. (No `es20…` beside them: it would lower what these know.) */
const TARGET = ['safari15', 'chrome94', 'firefox93']

/**
 * What is lowered above is syntax only. This one function, which the first iOS 15 does not have, stands in libraries as well; what else
 * is newer is refused by `test/tools/old-phones.test.ts`.
 */
const REPLACED = { 'Object.hasOwn': 'Object.prototype.hasOwnProperty.call' }

const fileOf = (page: string) => resolve('src/client', `${page}.html`)

/**
 * Pages beside the app, as far as they exist. Each is built apart: what two pages share can only be cut for both together, and
 * a contact never opens the owner's app.
 */
const pages = ['letter', 'stop', 'join', 'check', 'press'].filter((page) => existsSync(fileOf(page)))

/**
 * The contact's page starts with a chunk so small that the letter's request goes out before the application is here. The
 * application is fetched at the same time and not after it: its chunks are named in the page.
 */
const preloadReader = (): Plugin => ({
  name: 'amparo-preload-reader',
  enforce: 'post',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { filename, bundle }) => {
      if (!filename.endsWith('letter.html') || bundle === undefined) return html
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const main = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/reader/main.tsx'))
      if (main === undefined) throw new Error('the reader has no chunk of its own')
      const preloads = [main.fileName, ...main.imports].filter((file) => !html.includes(file))
      return preloads.map((file) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
        injectTo: 'head' as const,
      }))
    },
  },
})

/** The help pages draw with what is written for them, and never load Preact: see `src/client/help/live/jsx.ts`. */
const helpJsx = (): Plugin => ({
  name: 'amparo-help-jsx',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'help',
  resolveId: (id) => (id === 'preact/jsx-runtime' ? resolve('src/client/help/live/jsx.ts') : null),
})

const HELP_SITE = resolve('node_modules/.vite/help-pages')

/** Writes the help pages whole, so that they can be read without JavaScript: `docs/decisions/0027-help-pages-as-files.md`. */
const writeHelpPages = async (): Promise<void> => {
  const manifest = JSON.parse(await readFile(resolve('dist/.vite/help.json'), 'utf8')) as Manifest
  const entry = Object.values(manifest).find(({ isEntry }) => isEntry)
  if (entry === undefined) throw new Error('the help pages have no script')
  const site: typeof import('./src/client/help/pages/site.tsx') = await import(
    `${pathToFileURL(resolve(HELP_SITE, 'site.js')).href}?${Date.now()}`
  )
  for (const { path, text } of site.helpFiles({ scripts: [entry.file], styles: entry.css ?? [] })) {
    const file = resolve('dist', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

export default defineConfig({
  root: 'src/client',
  publicDir: '../../public',
  cacheDir: resolve('node_modules/.vite'),
  define: REPLACED,
  // Chunks are named in the order of their modules' paths: packages come before our own files wherever they really lie.
  resolve: { preserveSymlinks: true },
  plugins: [
    contentOverlay(),
    helpJsx(),
    preact(),
    lingui({ cwd: resolve('.') }),
    preloadReader(),
    serwist({
      swSrc: resolve('src/sw/index.ts'),
      swDest: 'sw.js',
      globDirectory: resolve('dist'),
      globPatterns: ['**/*.{html,js,css,svg,png,webmanifest,woff2,json}'],
      // Served from the network only: the build's own list, and the service worker itself.
      globIgnores: ['.vite/**', 'sw.js'],
      // Names with a hash need no second one in the precache list.
      dontCacheBustURLsMatching: /^(?:help\/)?assets\//,
      mode: 'production',
      injectionPoint: 'self.__SW_MANIFEST',
      rollupFormat: 'iife',
      // The plugin builds it apart from the app and does not hand the target on; its types are those of an older bundler.
      rollupOptions: { transform: { target: TARGET, define: REPLACED } } as never,
      disable: !existsSync(resolve('src/sw/index.ts')),
    }),
  ],
  build: {
    outDir: resolve('dist'),
    emptyOutDir: true,
    target: TARGET,
    // The content security policy allows no inline script, no inline style and no data: URL.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    // tools/budgets.ts reads them.
    manifest: '.vite/index.json',
    reportCompressedSize: false,
  },
  environments: {
    client: { build: { rollupOptions: { input: { index: fileOf('index') } } } },
    help: {
      consumer: 'client' as const,
      build: {
        emptyOutDir: false,
        copyPublicDir: false,
        manifest: '.vite/help.json',
        // In a folder of their own: the service worker keeps them after what a press needs.
        assetsDir: 'help/assets',
        rollupOptions: { input: { help: fileOf('help') } },
      },
    },
    // Run by the build itself, and not part of `dist`.
    helpPages: {
      consumer: 'server' as const,
      resolve: { noExternal: true as const },
      build: {
        outDir: HELP_SITE,
        copyPublicDir: false,
        manifest: false,
        rollupOptions: {
          input: { site: resolve('src/client/help/pages/site.tsx') },
          output: { entryFileNames: '[name].js' },
        },
      },
    },
    ...Object.fromEntries(
      pages.map((page) => [
        page,
        {
          consumer: 'client' as const,
          build: {
            emptyOutDir: false,
            copyPublicDir: false,
            manifest: `.vite/${page}.json`,
            rollupOptions: { input: { [page]: fileOf(page) } },
          },
        },
      ]),
    ),
  },
  builder: {
    buildApp: async (builder) => {
      // One after the other: the first empties `dist`, and the service worker of the last one lists every file.
      for (const name of ['client', 'help', 'helpPages', ...pages]) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
        if (name === 'helpPages') await writeHelpPages()
      }
    },
  },
})
