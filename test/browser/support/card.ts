import { argon2Sync } from 'node:crypto'
import { cardLookupOf, openCardEntry } from '../../../src/crypto/card.ts'
import { fromText, toText } from '../../../src/protocol/bytes.ts'
import { readCardCode } from '../../../src/protocol/card-code.ts'
import { ROUTES } from '../../../src/protocol/routes.ts'

export type Entry = NonNullable<ReturnType<typeof openCardEntry>>

/** Node's Argon2id (test/crypto holds that it agrees with the page's). */
const stretchCode = (code: string): Uint8Array =>
  argon2Sync('argon2id', {
    ...{ message: Buffer.from(code), nonce: Buffer.from('amparo/1 card') },
    ...{ parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 },
  })

/** What the code on a card leads to, for whoever types it. */
export const findCard = async (
  origin: string,
  code: string,
): Promise<{ status: number; entry: Entry | null }> => {
  const stretched = stretchCode(readCardCode(code) ?? '')
  const response = await fetch(origin + ROUTES.findCard, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lookup: toText(cardLookupOf(stretched)) }),
  })
  const answer = (await response.json()) as { sealed?: string }
  const entry = answer.sealed === undefined ? null : openCardEntry(stretched, fromText(answer.sealed))
  return { status: response.status, entry }
}
