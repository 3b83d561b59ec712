import { expect, test } from 'vitest'
import {
  catalogFiles,
  closure,
  isOfLetterPage,
  isOver,
  LIMITS,
  largestPress,
  namedBy,
} from '../../tools/budgets.ts'

const MANIFEST = {
  'index.html': {
    file: 'assets/index-1.js',
    imports: ['_shared-2.js'],
    dynamicImports: ['setup.tsx'],
    css: ['assets/i.css'],
  },
  '_shared-2.js': { file: 'assets/shared-2.js', imports: ['_deep-3.js'], css: ['assets/s.css'] },
  '_deep-3.js': { file: 'assets/deep-3.js', imports: ['_shared-2.js'] },
  'setup.tsx': { file: 'assets/setup-4.js' },
  '../i18n/messages/app/es.json?lingui': {
    file: 'assets/es-5.js',
    src: '../i18n/messages/app/es.json?lingui',
  },
}

test('a page weighs what it imports statically, however deep, and not what it may load later', () => {
  const { scripts, styles } = closure(MANIFEST, ['assets/index-1.js'])
  expect([...scripts].sort()).toEqual(['assets/deep-3.js', 'assets/index-1.js', 'assets/shared-2.js'])
  expect([...styles].sort()).toEqual(['assets/i.css', 'assets/s.css'])
})

test('the contact’s page weighs what it loads by itself, but for Argon2id and the catalogs', () => {
  const manifest = {
    'letter.html': { file: 'letter.js', dynamicImports: ['reader/main.tsx'] },
    'reader/main.tsx': {
      file: 'main.js',
      css: ['base.css'],
      dynamicImports: ['reader/word.tsx', '../i18n/messages/reader/en.json?lingui'],
    },
    'reader/word.tsx': { file: 'word.js', dynamicImports: ['../crypto/stretch.ts'] },
    '../crypto/stretch.ts': { file: 'stretch.js' },
    '../i18n/messages/reader/en.json?lingui': { file: 'en.js' },
  }
  const { scripts, styles } = closure(manifest, ['letter.js'], isOfLetterPage)
  expect([...scripts]).toEqual(['letter.js', 'main.js', 'word.js'])
  expect([...styles]).toEqual(['base.css'])
})

test('scripts, preloaded modules and style sheets of a page are found in any order of attributes', () => {
  expect(
    namedBy(`<script type="module" crossorigin src="/assets/a.js"></script><link href="/assets/b.js" rel="modulepreload">
      <link rel="stylesheet" crossorigin href="/assets/c.css"><link rel="icon" href="/icon.svg">`),
  ).toEqual({ scripts: ['assets/a.js', 'assets/b.js'], styles: ['assets/c.css'] })
})

test('catalogs are told apart by their folder', () => {
  expect(catalogFiles(MANIFEST, 'app')).toEqual(['assets/es-5.js'])
  expect(catalogFiles(MANIFEST, 'reader')).toEqual([])
})

test('one byte too many, and a thing that could not be weighed, are over budget', () => {
  const weight = { name: 'x', limit: 10, note: '' }
  expect(isOver({ ...weight, bytes: 10 })).toBe(false)
  expect(isOver({ ...weight, bytes: 11 })).toBe(true)
  expect(isOver({ ...weight, bytes: null })).toBe(true)
})

test('the longest press is within its budget', () => {
  const bytes = Buffer.byteLength(largestPress())
  expect(bytes).toBeGreaterThan(100)
  expect(bytes).toBeLessThanOrEqual(LIMITS.press)
})
