import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { lingui } from '@lingui/vite-plugin'
import preact from '@preact/preset-vite'
import { serwist } from '@serwist/vite'
import { defineConfig } from 'vite'

/** Old phones are in use for long: iOS 15 and what is about as old as it. */
const TARGET = ['es2021', 'safari15', 'chrome92', 'firefox91']

/** Pages that exist; `join` and `press` come later. Each is a plain file that can be precached. */
const pages = ['index', 'letter', 'stop', 'join', 'press']
  .map((page) => [page, resolve('src/client', `${page}.html`)] as const)
  .filter(([, file]) => existsSync(file))

export default defineConfig({
  root: 'src/client',
  publicDir: '../../public',
  cacheDir: resolve('node_modules/.vite'),
  plugins: [
    preact(),
    lingui({ cwd: resolve('.') }),
    serwist({
      swSrc: resolve('src/sw/index.ts'),
      swDest: 'sw.js',
      globDirectory: resolve('dist'),
      globPatterns: ['**/*.{html,js,css,svg,png,webmanifest,woff2,json}'],
      // Served from the network only: the build's own list, and the service worker itself.
      globIgnores: ['.vite/**', 'sw.js'],
      // Names with a hash need no second one in the precache list.
      dontCacheBustURLsMatching: /^assets\//,
      injectionPoint: 'self.__SW_MANIFEST',
      rollupFormat: 'iife',
      // The plugin builds it apart from the app and does not hand the target on; its types are those of an older bundler.

      rollupOptions: { transform: { target: TARGET } } as never,
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
    // tools/budgets.ts reads it.
    manifest: true,
    reportCompressedSize: false,
    rollupOptions: { input: Object.fromEntries(pages) },
  },
})
