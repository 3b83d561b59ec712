import type { Random } from '../../crypto/random.ts'
import { toText } from '../../protocol/bytes.ts'
import { ID_BYTES, KEY_BYTES, SECRET_BYTES } from '../../protocol/limits.ts'

export const random: Random = (length) => globalThis.crypto.getRandomValues(new Uint8Array(length))

export const newId = (): string => toText(random(ID_BYTES))
export const newSecret = (): string => toText(random(SECRET_BYTES))
export const newKey = (): string => toText(random(KEY_BYTES))
