/**
 * The shapes of `test/vectors/*.json` (`protocol.md §11`). Bytes are lower-case hex unless a comment says otherwise;
 * `expect` is bytes, or `refused`.
 */
type Case = { name: string; expect: string }

/** keys.json: one derivation of §6. `vault` and `id` are null where the table names none. */
export type KeyCase = Case & { key: string; ikm: string; vault: string | null; id: string | null }

/** hashes.json: what a server keeps of a token. */
export type HashCase = Case & { token: string }

/** seals.json: `kind` is the number of §4.2; `expect` is the plain text without padding. */
export type SealCase = Case & {
  kind: number
  key: string
  vault: string
  id: string
  version: number
  sealed: string
}

/** padding.json */
export type PaddingCase = Case & { padded: string }

/** contents.json: sealed as in seals.json; what is inside fits §8 or not. `expect` is the UTF-8 JSON. */
export type ContentCase = SealCase

/** openings.json: a whole way from what a person holds to what was sealed. `wrapped` is base64url. */
export type OpeningCase = Case &
  (
    | { by: 'recovery-words'; words: string; version: number; sealed: string }
    | {
        by: 'press'
        secret: string
        vault: string
        presser: string
        hash: string
        version: number
        wrapped: string
        sealed: string
      }
    | { by: 'hint'; fragment: string; version: number; sealed: string }
    | LetterOpening
    | PinOpening
    | SituationOpening
  )

/** `share` is what the server gives for the PIN; the hashes are what it keeps of the two tokens. `expect` is the root, or 16 zero bytes. */
export type PinOpening = {
  by: 'pin'
  pin: string
  device: string
  vault: string
  guard: string
  share: string
  deviceHash: string
  pinHash: string
  sealed: string
}

/**
 * What a presser holds (`secret` is P, `cover` what the service gives it) wrote `sealed`; a contact reads it by the `root` of a letter,
 * shown with a press of `pressedAt`. `expect` is the UTF-8 JSON.
 */
export type SituationOpening = {
  by: 'situation'
  secret: string
  vault: string
  presser: string
  version: number
  cover: string
  root: string
  pressedAt: number
  sealed: string
}

/** `fragment` is a link's; `secret` is the contact's, for the lock `paired` only; `receipt` the hash of the token. */
export type LetterOpening = {
  by: 'link' | 'word' | 'paired'
  fragment: string
  secret: string | null
  word: string | null
  gate: string | null
  version: number
  wrapped: string
  practice: boolean
  sealed: string
  receipt: string
}

/** recovery-words.json: `language` where these are the words as they are shown; `expect` is the root. */
export type RecoveryCase = Case & { words: string; language: 'en' | 'es' | null }

/** words.json: `expect` is the normalised word in UTF-8. */
export type WordCase = Case & { text: string }

/** stretched.json: `word` is normalised. */
export type StretchCase = Case & { word: string; secret: string; vault: string; letter: string }

/** links.json: `expect` is the payload without its checksum. */
export type LinkCase = Case & { page: 'letter' | 'join' | 'press' | 'stop'; fragment: string }

/** base64url.json: `length` bytes are wanted. */
export type TextCase = Case & { length: number; text: string }

/** card-codes.json: what somebody typed; `expect` is the code without its check character, in ASCII. */
export type CardCodeCase = Case & { typed: string }

/** cards.json: what a card's link holds, its code as it is printed, and what that leads to; `expect` is the plain text of `sealed`. */
export type CardCase = Case & {
  secret: string
  vault: string
  presser: string
  code: string
  lookup: string
  sealed: string
}
