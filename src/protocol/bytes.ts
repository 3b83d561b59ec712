import { base64urlnopad } from '@scure/base'

/** Bytes travel as base64url without padding (RFC 4648 §5), in the one canonical spelling (`protocol.md §2`). */
export const toText = (bytes: Uint8Array): string => base64urlnopad.encode(bytes)

/** @throws Error if the text is not canonical base64url without padding */
export const fromText = (text: string): Uint8Array => base64urlnopad.decode(text)
