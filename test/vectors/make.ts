// Writes the vectors of `docs/protocol.md §11` again: node test/vectors/make.ts
// They are frozen: a difference means that the protocol has changed, and needs another suite.
import { writeFile } from 'node:fs/promises'
import { makeVectors } from '../crypto/make-vectors/make.ts'

for (const [file, text] of Object.entries(makeVectors()))
  await writeFile(new URL(file, import.meta.url), text)
