/** Every bound that both sides know (`protocol.md §3`). Lengths in bytes or characters, times in ms. */

export const CONTACTS_MAX = 12
export const PRESSERS_MAX = 32
export const FORMER_PRESSERS_MAX = 64
/** Answers of one contact to one invitation, each under a number of its own. */
export const ANSWERS_MAX = 1_000
/** Digits of a code that a mail carries to the page that asks for it. */
export const CODE_DIGITS = 6
/** How long such a code is taken. */
export const CODE_LIFE_MS = 1_800_000
/** Letters named by one commit, new ones and kept ones together: one real and one practice letter a contact. */
export const LETTERS_MAX = 2 * CONTACTS_MAX
export const LOCKS_MAX = 3

export const OWNER_NAME_MAX_CHARS = 40
export const CONTACT_NAME_MAX_CHARS = 60
export const LETTER_TEXT_MAX_CHARS = 8_000
export const PHRASE_MAX_CHARS = 200
export const WORD_MAX_CHARS = 64
/** Shortest family word, counted after normalisation (`protocol.md §9.2`). */
export const WORD_MIN_CHARS = 4
export const HINT_MAX_CHARS = 120
export const ADDRESS_MAX_CHARS = 254
/** What a contact who is on it may add for the owner and the others. */
export const NOTE_MAX_CHARS = 200
/** What a presser may write of one press: where, when, what happened; and how often it may write it anew. */
export const PLACE_MAX_CHARS = 120
export const WHEN_MAX_CHARS = 60
export const DETAIL_MAX_CHARS = 400
export const SITUATIONS_MAX = 100
/** Presses of one alert that are told with it; presses of a vault that its owner's list shows. */
export const SHOWN_PRESSES_MAX = 12
export const LISTED_PRESSES_MAX = 60
/** A push service's address of one browser; the longest seen are about 500 characters. */
export const ENDPOINT_MAX_CHARS = 1_000
export const PUSH_KEY_BYTES = 65
export const PUSH_AUTH_BYTES = 16

export const ID_BYTES = 16
export const SECRET_BYTES = 16
export const KEY_BYTES = 32

/** version byte, nonce, Poly1305 tag */
export const SEAL_OVERHEAD_BYTES = 1 + 24 + 16
export const PAD_MIN_BYTES = 512
export const PAD_MAX_BYTES = 524_288
/** A sealed 32-byte key, which is never padded. */
export const WRAPPED_KEY_BYTES = SEAL_OVERHEAD_BYTES + KEY_BYTES

export const DOCUMENT_MAX_BYTES = PAD_MAX_BYTES + SEAL_OVERHEAD_BYTES
export const LETTER_MAX_BYTES = 65_536 + SEAL_OVERHEAD_BYTES
export const ROSTER_MAX_BYTES = 32_768 + SEAL_OVERHEAD_BYTES
export const HINT_MAX_BYTES = 512 + SEAL_OVERHEAD_BYTES
/** What an owner seals for a contact who is invited, and what that contact seals in answer. */
export const INVITATION_MAX_BYTES = 2_048 + SEAL_OVERHEAD_BYTES
export const ANSWER_MAX_BYTES = 2_048 + SEAL_OVERHEAD_BYTES
/** A contact's name and note, sealed. */
export const NOTE_MAX_BYTES = 1_024 + SEAL_OVERHEAD_BYTES
/** What a presser writes, and what it is told, sealed. */
export const SITUATION_MAX_BYTES = 2_048 + SEAL_OVERHEAD_BYTES
export const COVER_MAX_BYTES = 512 + SEAL_OVERHEAD_BYTES

/** What is handed over to another phone, sealed with its padding; how long the service waits for it. */
export const HANDED_SEALED_BYTES = PAD_MIN_BYTES + SEAL_OVERHEAD_BYTES
export const HAND_OVER_MS = 600_000
export const CHECK_DIGITS = 4

/** What a card's code leads to: vault id, presser id and secret; sealed with its padding. */
export const CARD_ENTRY_BYTES = 2 * ID_BYTES + SECRET_BYTES
export const CARD_ENTRY_SEALED_BYTES = PAD_MIN_BYTES + SEAL_OVERHEAD_BYTES

export const COMMIT_BODY_MAX_BYTES = 2_097_152
export const BODY_MAX_BYTES = 4_096
/** What a provider's webhook sends. */
export const HOOK_BODY_MAX_BYTES = 65_536
/** A press, complete, as it goes over the line. */
export const PRESS_BODY_MAX_BYTES = 600

/** Time in which a press of the owner's own phone can be cancelled; the server counts it. */
export const PHONE_DELAY_MS = 5_000
/** Of a trusted person: long enough to take back what was a mistake. */
export const PERSON_DELAY_MS = 0
/** The same of a card, if its owner chooses no other: whoever finds it can press. */
export const CARD_DELAY_MS = 600_000
export const DELAY_MAX_MS = 3_600_000
/** The oldest press that is still taken; its age only changes the "when" in the messages. */
export const PRESS_AGE_MAX_MS = 31 * 86_400_000
/** An open alert closes by itself after this time. */
export const ALERT_OPEN_MS = 86_400_000
/** A press in an open alert becomes a wave, at the earliest this long after the last one. */
export const WAVE_GAP_MS = 600_000
/**
 * With nobody on it, an open alert goes out again so long after it opened. A repeat keeps the gap between waves, too.
 */
export const REPEATS_AFTER_MS = [1_800_000, 7_200_000, 43_200_000] as const
/** So long a practice letter can be read. */
export const DRILL_LIFE_MS = 7 * 86_400_000
/** Drills of one vault in any seven days: one, and one more for whoever was not reached. */
export const DRILLS_A_WEEK = 2

/** The owner's browsers that are told of a press that waits. */
export const TOLD_PHONES_MAX = 8
/** A press that goes out sooner is not told of: it would be out before anybody had looked. So is none of the owner's own phone. */
export const TOLD_FROM_MS = 30_000

/** Check-ins that are armed with one press key. */
export const CHECK_INS_MAX = 4
/** Of all pressers, with the last ones that have pressed. */
export const CHECK_INS_LISTED = 144
export const CHECK_IN_GRACE_MAX_MS = 14_400_000
export const CHECK_IN_REMIND_MAX_MS = 86_400_000
export const CHECK_IN_EXTEND_MAX_MS = 86_400_000
/** How far ahead one may lie: court dates are given years before. */
export const CHECK_IN_AHEAD_MAX_MS = 1_100 * 86_400_000

/** Digits of a PIN. */
export const PIN_MIN_DIGITS = 6
export const PIN_MAX_DIGITS = 12
/** Wrong PINs after which a phone's share is erased. */
export const PIN_TRIES = 10
/** After the fifth wrong PIN, the sixth, and so on to the ninth: so the wait says how many are left. */
export const PIN_WAITS_MS = [60_000, 300_000, 900_000, 3_600_000, 10_800_000] as const
/** Phones with a PIN, and what a change that broke off has left. */
export const GUARDS_MAX = 16
/** A sealed root: padded, as every guard's two seals are. */
export const GUARDED_ROOT_BYTES = PAD_MIN_BYTES + SEAL_OVERHEAD_BYTES

/** The longest time that the word gate makes anyone wait. */
export const GATE_WAIT_MAX_MS = 60_000

/** Highest version of a vault: far above what one commit a second for a life would reach, and safe in a uint32. */
export const VERSION_MAX = 0x7fff_ffff
